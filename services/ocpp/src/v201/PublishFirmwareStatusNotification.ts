import { addProgress } from '../keep/progress.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 L03. Where the controller serves it is its own site's affair; how many places is told. */
interface Request {
  readonly status?: string
  readonly location?: readonly string[]
  readonly requestId?: number
}

export const createPublishFirmwareStatusNotification =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ status = 'Unknown', location = [], requestId = 0 }, { stationId, receivedAt }) => {
    const step = { status, at: receivedAt.toISOString() }
    await addProgress(dossier, stationId, 'firmware', `publish/${requestId}`, step, { places: location.length })
    return {}
  }
