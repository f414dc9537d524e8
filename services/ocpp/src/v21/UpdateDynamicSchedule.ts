import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 K: new figures for a dynamic profile, without sending it anew. */
export const UpdateDynamicSchedule: Outgoing<{ chargingProfileId: number; scheduleUpdate: unknown }, unknown> = {
  action: 'UpdateDynamicSchedule',
  settle: async ({ dossier, stationId, request: { chargingProfileId, scheduleUpdate }, answer }) => {
    if (isAccepted(answer))
      await dossier.put(stationId, 'schedule', [
        { key: dynamicKey(chargingProfileId), value: { update: scheduleUpdate } },
      ])
  },
}

export const dynamicKey = (chargingProfileId: number): string => `dynamic/${chargingProfileId}`
