import { addProgress } from '../keep/progress.ts'
import { type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly requestId: number
  readonly logType: string
}

/** OCPP 1.6 security white paper §5.6, OCPP 2.0.1 N01. */
export const GetLog: Outgoing<Request, { filename?: string }> = {
  action: 'GetLog',
  settle: ({ dossier, stationId, request, answer, at }) =>
    addProgress(
      dossier,
      stationId,
      'log',
      String(request.requestId),
      { status: statusOf(answer), at: at.toISOString() },
      { logType: request.logType, fileName: answer.filename ?? null },
    ),
}
