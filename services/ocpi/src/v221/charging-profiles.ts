import { any, dateTime, int, maybe, number, object, one, oneOf, url } from '../schema/schema.ts'

/** mod_charging_profiles, the same in 2.2.1 and 2.3.0. */
const period = object('ChargingProfilePeriod', { start_period: one(int), limit: one(number) })
export const chargingProfile = object('ChargingProfile', {
  start_date_time: maybe(dateTime),
  duration: maybe(int),
  charging_rate_unit: one(oneOf(['W', 'A'])),
  min_charging_rate: maybe(number),
  charging_profile_period: any(period),
})
export const setChargingProfile = object('SetChargingProfile', {
  charging_profile: one(chargingProfile),
  response_url: one(url),
})
export const activeChargingProfile = object('ActiveChargingProfile', {
  start_date_time: one(dateTime),
  charging_profile: one(chargingProfile),
})
const result = one(oneOf(['ACCEPTED', 'REJECTED', 'UNKNOWN']))
export const profileResult = object('ChargingProfileResult', { result })
export const activeProfileResult = object('ActiveChargingProfileResult', {
  result,
  profile: maybe(activeChargingProfile),
})
export const profileResponse = object('ChargingProfileResponse', {
  result: one(oneOf(['ACCEPTED', 'NOT_SUPPORTED', 'REJECTED', 'TOO_OFTEN', 'UNKNOWN_SESSION'])),
  timeout: one(int),
})
