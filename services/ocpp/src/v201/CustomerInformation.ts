import { type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 2.0.1 N09, N10: what the station keeps of a person, to be reported, cleared, or both. */
export const CustomerInformation: Outgoing<{ requestId: number; report: boolean; clear: boolean }, unknown> = {
  action: 'CustomerInformation',
  settle: ({ dossier, stationId, request: { requestId, report, clear }, answer }) =>
    dossier.put(stationId, 'customer', [
      { key: String(requestId), value: { report, clear, status: statusOf(answer), parts: [] } },
    ]),
}
