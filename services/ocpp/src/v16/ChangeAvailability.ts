import { type Call, statusOf } from '../link/outgoing.ts'

/** OCPP 1.6 §5.2: Scheduled means it takes effect when the running transaction is over. */
export const changeAvailability = async (call: Call, connectorId: number, operative: boolean): Promise<string> =>
  statusOf(await call('ChangeAvailability', { connectorId, type: operative ? 'Operative' : 'Inoperative' }))
