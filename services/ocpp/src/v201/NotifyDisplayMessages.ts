import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 O03. */
interface Request {
  readonly messageInfo?: readonly { readonly id?: number }[]
}

export const createNotifyDisplayMessages =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ messageInfo = [] }, { stationId }) => {
    await dossier.put(
      stationId,
      'display',
      messageInfo.map((message) => ({ key: String(message.id ?? ''), value: message })),
    )
    return {}
  }
