import {
  any,
  boolean,
  ciString,
  dateTime,
  exactObject,
  int,
  maybe,
  number,
  object,
  one,
  oneOf,
  some,
  string,
  url,
} from '../schema/schema.ts'
import * as words from './words.ts'

/** Classes that 2.2.1 and 2.3.0 share word for word; clause numbers as in 2.2.1. */
export const displayText = object('DisplayText', { language: one(string(2)), text: one(string(512)) })
/** mod_locations, GeoLocation: a point with 5 to 7 decimals. */
export const latitude = string(10, /^-?[0-9]{1,2}\.[0-9]{5,7}$/)
export const longitude = string(11, /^-?[0-9]{1,3}\.[0-9]{5,7}$/)
export const geoLocation = object('GeoLocation', { latitude: one(latitude), longitude: one(longitude) })
export const additionalGeoLocation = object('AdditionalGeoLocation', {
  latitude: one(latitude),
  longitude: one(longitude),
  name: maybe(displayText),
})
const energySource = object('EnergySource', { source: one(oneOf(words.energySources)), percentage: one(number) })
const environmentalImpact = object('EnvironmentalImpact', {
  category: one(oneOf(words.environmentalImpacts)),
  amount: one(number),
})
export const energyMix = object('EnergyMix', {
  is_green_energy: one(boolean),
  energy_sources: any(energySource),
  environ_impact: any(environmentalImpact),
  supplier_name: maybe(string(64)),
  energy_product_name: maybe(string(64)),
})
const timeOfDay = string(5, /^([0-1][0-9]|2[0-3]):[0-5][0-9]$/)
const exceptionalPeriod = object('ExceptionalPeriod', { period_begin: one(dateTime), period_end: one(dateTime) })
const regularHours = object('RegularHours', {
  weekday: one(int),
  period_begin: one(timeOfDay),
  period_end: one(timeOfDay),
})
export const hours = object('Hours', {
  twentyfourseven: one(boolean),
  regular_hours: any(regularHours),
  exceptional_openings: any(exceptionalPeriod),
  exceptional_closings: any(exceptionalPeriod),
})
export const publishTokenType = object('PublishTokenType', {
  uid: maybe(ciString(36)),
  type: maybe(oneOf(words.tokenTypes)),
  visual_number: maybe(string(64)),
  issuer: maybe(string(64)),
  group_id: maybe(ciString(36)),
})
export const statusSchedule = object('StatusSchedule', {
  period_begin: one(dateTime),
  period_end: maybe(dateTime),
  status: one(oneOf(words.evseStatuses)),
})
export const energyContract = object('EnergyContract', {
  supplier_name: one(string(64)),
  contract_id: maybe(string(64)),
})
export const locationReferences = object('LocationReferences', {
  location_id: one(ciString(36)),
  evse_uids: any(ciString(36)),
})
export const cdrDimension = object('CdrDimension', { type: one(oneOf(words.cdrDimensions)), volume: one(number) })
export const chargingPeriod = object('ChargingPeriod', {
  start_date_time: one(dateTime),
  dimensions: some(cdrDimension),
  tariff_id: maybe(ciString(36)),
})
/** mod_tariffs, TariffRestrictions: nothing in it may be overlooked, so it is exact. */
export const tariffRestrictions = exactObject('TariffRestrictions', {
  start_time: maybe(timeOfDay),
  end_time: maybe(timeOfDay),
  start_date: maybe(string(10)),
  end_date: maybe(string(10)),
  min_kwh: maybe(number),
  max_kwh: maybe(number),
  min_current: maybe(number),
  max_current: maybe(number),
  min_power: maybe(number),
  max_power: maybe(number),
  min_duration: maybe(int),
  max_duration: maybe(int),
  day_of_week: any(oneOf(words.days)),
  reservation: maybe(oneOf(words.reservationRestrictions)),
})
export const priceComponent = exactObject('PriceComponent', {
  type: one(oneOf(words.tariffDimensions)),
  price: one(number),
  vat: maybe(number),
  step_size: one(int),
})
export const tariffElement = exactObject('TariffElement', {
  price_components: some(priceComponent),
  restrictions: maybe(tariffRestrictions),
})
export const commandResponse = object('CommandResponse', {
  result: one(oneOf(words.commandResponses)),
  timeout: one(int),
  message: any(displayText),
})
export const commandResult = object('CommandResult', {
  result: one(oneOf(words.commandResults)),
  message: any(displayText),
})
export const stopSession = object('StopSession', { response_url: one(url), session_id: one(ciString(36)) })
export const cancelReservation = object('CancelReservation', {
  response_url: one(url),
  reservation_id: one(ciString(36)),
})
export const unlockConnector = object('UnlockConnector', {
  response_url: one(url),
  location_id: one(ciString(36)),
  evse_uid: one(ciString(36)),
  connector_id: one(ciString(36)),
})
const signedValue = object('SignedValue', {
  nature: one(ciString(32)),
  plain_data: one(string(5000)),
  signed_data: one(string(5000)),
})
export const signedData = object('SignedData', {
  encoding_method: one(ciString(36)),
  encoding_method_version: maybe(int),
  public_key: maybe(string(512)),
  signed_values: some(signedValue),
  url: maybe(string(512)),
})
