import { type Call, statusOf } from '../link/outgoing.ts'

/** OCPP 2.0.1 G03, G04: EVSE 0 is the whole station. */
export const changeAvailability201 = async (call: Call, evse: number, operative: boolean): Promise<string> =>
  statusOf(
    await call('ChangeAvailability', {
      operationalStatus: operative ? 'Operative' : 'Inoperative',
      ...(evse === 0 ? {} : { evse: { id: evse } }),
    }),
  )
