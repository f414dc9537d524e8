import { boolean, dateTime, maybe, number, object, one, oneOf } from '../schema/schema.ts'
import { profileTypes } from './words.ts'

/** mod_sessions, the same in 2.2.1 and 2.3.0. */
export const chargingPreferences = object('ChargingPreferences', {
  profile_type: one(oneOf(profileTypes)),
  departure_time: maybe(dateTime),
  energy_need: maybe(number),
  discharge_allowed: maybe(boolean),
})
export const preferencesResponse = oneOf([
  'ACCEPTED',
  'DEPARTURE_REQUIRED',
  'ENERGY_NEED_REQUIRED',
  'NOT_POSSIBLE',
  'PROFILE_TYPE_NOT_SUPPORTED',
])
