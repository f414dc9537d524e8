import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 I: another price for a running transaction, as shown at the station. What is paid is the house's own reckoning. */
export const ChangeTransactionTariff: Outgoing<{ transactionId: string; tariff: unknown }, unknown> = {
  action: 'ChangeTransactionTariff',
  settle: async ({ dossier, stationId, request: { transactionId, tariff }, answer }) => {
    if (isAccepted(answer))
      await dossier.put(stationId, 'tariff', [{ key: `transaction/${transactionId}`, value: { tariff } }])
  },
}
