import { addProgress } from '../keep/progress.ts'
import { type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly requestId: number
  readonly firmware: { readonly retrieveDateTime: string }
}

/** OCPP 1.6 security white paper §5.14: Accepted, AcceptedCanceled (another update was dropped for it), InvalidCertificate ... */
export const SignedUpdateFirmware: Outgoing<Request, unknown> = {
  action: 'SignedUpdateFirmware',
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
