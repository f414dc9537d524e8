import { addProgress } from '../keep/progress.ts'
import { type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly requestId: number
  readonly firmware: { readonly retrieveDateTime: string }
}

/** OCPP 2.0.1 L01, L02. */
export const UpdateFirmware: Outgoing<Request, unknown> = {
  action: 'UpdateFirmware',
  settle: ({ dossier, stationId, request, answer, at }) =>
    addProgress(
      dossier,
      stationId,
      'firmware',
      String(request.requestId),
      { status: statusOf(answer), at: at.toISOString() },
      { retrieveAt: request.firmware.retrieveDateTime },
    ),
}
