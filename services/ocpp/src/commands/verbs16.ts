import type { Call } from '../link/outgoing.ts'
import { cancelReservation } from '../v16/CancelReservation.ts'
import { changeAvailability } from '../v16/ChangeAvailability.ts'
import { clearChargingProfile } from '../v16/ClearChargingProfile.ts'
import { remoteStartTransaction } from '../v16/RemoteStartTransaction.ts'
import { remoteStopTransaction } from '../v16/RemoteStopTransaction.ts'
import { reserveNow } from '../v16/ReserveNow.ts'
import { reset } from '../v16/Reset.ts'
import { limitPower, limitProfileId } from '../v16/SetChargingProfile.ts'
import { unlockConnector } from '../v16/UnlockConnector.ts'
import type { Verbs } from './commands.ts'

/** OCPP 1.6's way of doing what the manager asks. EVSE and connector are one number there. */
export const verbs16 = (call: Call): Verbs => ({
  start: async ({ evse, idTag }) => word(await remoteStartTransaction(call, { connectorId: evse, idTag })),
  stop: async (transactionId) => word(await remoteStopTransaction(call, Number(transactionId))),
  unlock: (evse) => unlockConnector(call, evse),
  setLimit: async (evse, transactionId, limitW) => {
    if (limitW === undefined) return cleared(await clearChargingProfile(call, limitProfileId))
    const running = transactionId === undefined ? undefined : Number(transactionId)
    return limitPower(call, { connectorId: evse, transactionId: running, limitW })
  },
  reset: async (kind) => word(await reset(call, kind === 'hard' ? 'Hard' : 'Soft')),
  reserve: ({ evse, reservationId, idTag, until }) =>
    reserveNow(call, { connectorId: evse, expiryDate: until, idTag, reservationId }),
  cancelReservation: async (reservationId) => word(await cancelReservation(call, reservationId)),
  availability: (evse, operative) => changeAvailability(call, evse, operative),
})

const word = (accepted: boolean): string => (accepted ? 'Accepted' : 'Rejected')

/** No profile to clear is as good as a cleared one. */
export const cleared = (status: string): string => (status === 'Unknown' ? 'Accepted' : status)
