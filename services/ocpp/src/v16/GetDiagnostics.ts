import { addProgress } from '../keep/progress.ts'
import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.9. The upload itself is followed by DiagnosticsStatusNotification. */
export const GetDiagnostics: Outgoing<unknown, { fileName?: string }> = {
  action: 'GetDiagnostics',
  settle: ({ dossier, stationId, answer, at }) =>
    addProgress(
      dossier,
      stationId,
      'log',
      diagnosticsKey,
      { status: answer.fileName ? 'Requested' : 'NothingToUpload', at: at.toISOString() },
      { fileName: answer.fileName ?? null },
    ),
}

/** 1.6 numbers no diagnostics: there is one at a time. */
export const diagnosticsKey = 'diagnostics'
