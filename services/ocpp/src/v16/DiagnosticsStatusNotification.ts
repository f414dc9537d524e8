import { addProgress } from '../keep/progress.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { diagnosticsKey } from './GetDiagnostics.ts'

/** OCPP 1.6 §6.24. */
export const createDiagnosticsStatusNotification =
  ({ dossier }: { dossier: Dossier }): Handler<{ readonly status?: string }, Record<string, never>> =>
  async ({ status = 'Unknown' }, { stationId, receivedAt }) => {
    await addProgress(dossier, stationId, 'log', diagnosticsKey, { status, at: receivedAt.toISOString() })
    return {}
  }
