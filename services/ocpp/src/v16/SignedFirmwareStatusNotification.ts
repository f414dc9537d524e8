import { addProgress } from '../keep/progress.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { firmwareKey } from './UpdateFirmware.ts'

/** OCPP 1.6 security white paper §5.13; OCPP 2.0.1 L01 sends the same as FirmwareStatusNotification. */
interface Request {
  readonly status?: string
  readonly requestId?: number
}

export const createSignedFirmwareStatusNotification =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ status = 'Unknown', requestId }, { stationId, receivedAt }) => {
    const key = requestId === undefined ? firmwareKey : String(requestId)
    await addProgress(dossier, stationId, 'firmware', key, { status, at: receivedAt.toISOString() })
    return {}
  }
