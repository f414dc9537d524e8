import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 I: the price an EVSE shows; EVSE 0 means all. */
export const SetDefaultTariff: Outgoing<{ evseId: number; tariff: { tariffId: string } }, unknown> = {
  action: 'SetDefaultTariff',
  settle: async ({ dossier, stationId, request: { evseId, tariff }, answer }) => {
    if (isAccepted(answer))
      await dossier.put(stationId, 'tariff', [{ key: `default/${tariff.tariffId}`, value: { evse: evseId, tariff } }])
  },
}
