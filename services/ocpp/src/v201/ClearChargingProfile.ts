import { type Call, statusOf } from '../link/outgoing.ts'

/** OCPP 2.0.1 K10. */
export const clearChargingProfile201 = async (call: Call, chargingProfileId: number): Promise<string> =>
  statusOf(await call('ClearChargingProfile', { chargingProfileId }))
