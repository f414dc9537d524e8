import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 Q: a frequency restoration signal, handed to the car by the station. */
export const AFRRSignal: Outgoing<{ timestamp: string; signal: number }, unknown> = {
  action: 'AFRRSignal',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (isAccepted(answer)) await dossier.put(stationId, 'der', [{ key: 'afrr', value: request }])
  },
}
