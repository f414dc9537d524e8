import type { Call } from '../link/outgoing.ts'
import { cancelReservation201 } from '../v201/CancelReservation.ts'
import { changeAvailability201 } from '../v201/ChangeAvailability.ts'
import { clearChargingProfile201 } from '../v201/ClearChargingProfile.ts'
import { requestStartTransaction } from '../v201/RequestStartTransaction.ts'
import { requestStopTransaction } from '../v201/RequestStopTransaction.ts'
import { reserveNow201 } from '../v201/ReserveNow.ts'
import { reset201 } from '../v201/Reset.ts'
import { limitPower201, limitProfileId201 } from '../v201/SetChargingProfile.ts'
import { unlockConnector201 } from '../v201/UnlockConnector.ts'
import type { Verbs } from './commands.ts'
import { cleared } from './verbs16.ts'

/** OCPP 2.x's way of doing what the manager asks. */
export const verbs2 = (call: Call): Verbs => ({
  start: async ({ evse, idTag, remoteStartId }) =>
    word(await requestStartTransaction(call, { evseId: evse, remoteStartId, idTag })),
  stop: async (transactionId) => word(await requestStopTransaction(call, transactionId)),
  unlock: (evse, connector) => unlockConnector201(call, evse, connector),
  setLimit: async (evse, transactionId, limitW) =>
    limitW === undefined
      ? cleared(await clearChargingProfile201(call, limitProfileId201))
      : limitPower201(call, { evseId: evse, transactionId, limitW }),
  reset: (kind, evse) => reset201(call, kind === 'hard' ? 'Immediate' : 'OnIdle', evse),
  reserve: ({ evse, reservationId, idTag, until }) =>
    reserveNow201(call, { id: reservationId, expiryDateTime: until, idTag, evseId: evse }),
  cancelReservation: async (reservationId) => word(await cancelReservation201(call, reservationId)),
  availability: (evse, operative) => changeAvailability201(call, evse, operative),
})

const word = (accepted: boolean): string => (accepted ? 'Accepted' : 'Rejected')
