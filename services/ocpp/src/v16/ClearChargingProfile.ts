import { type Call, statusOf } from '../link/outgoing.ts'

/** OCPP 1.6 §5.4: Accepted, or Unknown when there was none. */
export const clearChargingProfile = async (call: Call, id: number): Promise<string> =>
  statusOf(await call('ClearChargingProfile', { id }))
