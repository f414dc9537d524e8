import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 C: somebody scanned the code and pays; the station shows it and waits. */
export const NotifyWebPaymentStarted: Outgoing<{ evseId: number; timeout: number }, unknown> = {
  action: 'NotifyWebPaymentStarted',
  settle: ({ dossier, stationId, request: { evseId, timeout }, at }) =>
    dossier.put(stationId, 'settlement', [
      { key: `web/${evseId}`, value: { startedAt: at.toISOString(), timeoutS: timeout } },
    ]),
}
