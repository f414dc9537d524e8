import { addProgress } from '../keep/progress.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { firmwareKey } from './UpdateFirmware.ts'

/** OCPP 1.6 §6.25. */
export const createFirmwareStatusNotification =
  ({ dossier }: { dossier: Dossier }): Handler<{ readonly status?: string }, Record<string, never>> =>
  async ({ status = 'Unknown' }, { stationId, receivedAt }) => {
    await addProgress(dossier, stationId, 'firmware', firmwareKey, { status, at: receivedAt.toISOString() })
    return {}
  }
