import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 O05: Accepted or Unknown; it is gone either way. */
export const ClearDisplayMessage: Outgoing<{ id: number }, unknown> = {
  action: 'ClearDisplayMessage',
  settle: ({ dossier, stationId, request }) => dossier.remove(stationId, 'display', [String(request.id)]),
}
