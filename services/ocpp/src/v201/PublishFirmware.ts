import { addProgress } from '../keep/progress.ts'
import { type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 2.0.1 L03: a local controller fetches a firmware once for its whole site. */
export const PublishFirmware: Outgoing<{ requestId: number; checksum: string }, unknown> = {
  action: 'PublishFirmware',
  settle: ({ dossier, stationId, request, answer, at }) =>
    addProgress(
      dossier,
      stationId,
      'firmware',
      `publish/${request.requestId}`,
      { status: statusOf(answer), at: at.toISOString() },
      { checksum: request.checksum },
    ),
}
