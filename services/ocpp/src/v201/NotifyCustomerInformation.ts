import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 N09: the answer to CustomerInformation, in parts. */
interface Request {
  readonly data?: string
  readonly seqNo?: number
  readonly tbc?: boolean
  readonly requestId?: number
}

interface Kept {
  readonly parts?: readonly { readonly seqNo: number; readonly data: string }[]
}

export const createNotifyCustomerInformation =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ data = '', seqNo = 0, tbc = false, requestId = 0 }, { stationId }) => {
    const key = String(requestId)
    const known = ((await dossier.get(stationId, 'customer', key))?.value ?? {}) as Kept
    const parts = [...(known.parts ?? []).filter((part) => part.seqNo !== seqNo), { seqNo, data }].sort(
      (a, b) => a.seqNo - b.seqNo,
    )
    await dossier.put(stationId, 'customer', [{ key, value: { ...known, parts, complete: !tbc } }])
    return {}
  }
