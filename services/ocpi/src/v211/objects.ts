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
import * as p from '../v221/pieces.ts'
import * as words from '../v221/words.ts'

/** OCPI 2.1.1: the tables of the specification, one object each (branch release-2.1.1-bugfixes). Ids keep their case but are compared without. */
export const capabilities = [
  'CHARGING_PROFILE_CAPABLE',
  'CREDIT_CARD_PAYABLE',
  'REMOTE_START_STOP_CAPABLE',
  'RESERVABLE',
  'RFID_READER',
  'UNLOCK_CAPABLE',
] as const
export const connectorTypes = [
  'CHADEMO',
  'DOMESTIC_A',
  'DOMESTIC_B',
  'DOMESTIC_C',
  'DOMESTIC_D',
  'DOMESTIC_E',
  'DOMESTIC_F',
  'DOMESTIC_G',
  'DOMESTIC_H',
  'DOMESTIC_I',
  'DOMESTIC_J',
  'DOMESTIC_K',
  'DOMESTIC_L',
  'IEC_60309_2_single_16',
  'IEC_60309_2_three_16',
  'IEC_60309_2_three_32',
  'IEC_60309_2_three_64',
  'IEC_62196_T1',
  'IEC_62196_T1_COMBO',
  'IEC_62196_T2',
  'IEC_62196_T2_COMBO',
  'IEC_62196_T3A',
  'IEC_62196_T3C',
  'TESLA_R',
  'TESLA_S',
] as const
export const powerTypes = ['AC_1_PHASE', 'AC_3_PHASE', 'DC'] as const
export const facilities = [
  'HOTEL',
  'RESTAURANT',
  'CAFE',
  'MALL',
  'SUPERMARKET',
  'SPORT',
  'RECREATION_AREA',
  'NATURE',
  'MUSEUM',
  'BUS_STOP',
  'TAXI_STAND',
  'TRAIN_STATION',
  'AIRPORT',
  'CARPOOL_PARKING',
  'FUEL_STATION',
  'WIFI',
] as const
export const locationTypes = [
  'ON_STREET',
  'PARKING_GARAGE',
  'UNDERGROUND_GARAGE',
  'PARKING_LOT',
  'OTHER',
  'UNKNOWN',
] as const
export const cdrDimensions = ['ENERGY', 'FLAT', 'MAX_CURRENT', 'MIN_CURRENT', 'PARKING_TIME', 'TIME'] as const
export const tokenTypes = ['OTHER', 'RFID'] as const
export const sessionStatuses = ['ACTIVE', 'COMPLETED', 'INVALID', 'PENDING'] as const
export const authMethods = ['AUTH_REQUEST', 'WHITELIST'] as const
export const commandTypes = ['RESERVE_NOW', 'START_SESSION', 'STOP_SESSION', 'UNLOCK_CONNECTOR'] as const
export const commandResponses = ['NOT_SUPPORTED', 'REJECTED', 'ACCEPTED', 'TIMEOUT', 'UNKNOWN_SESSION'] as const

const latitude = string(10, /^-?[0-9]{1,2}\.[0-9]{6}$/)
const longitude = string(11, /^-?[0-9]{1,3}\.[0-9]{6}$/)
const geoLocation = object('GeoLocation', { latitude: one(latitude), longitude: one(longitude) })
const additionalGeoLocation = object('AdditionalGeoLocation', {
  latitude: one(latitude),
  longitude: one(longitude),
  name: maybe(p.displayText),
})
const image = object('Image', {
  url: one(url),
  thumbnail: maybe(url),
  category: one(oneOf(words.imageCategories)),
  type: one(string(4)),
  width: maybe(int),
  height: maybe(int),
})
export const businessDetails = object('BusinessDetails', {
  name: one(string(100)),
  website: maybe(url),
  logo: maybe(image),
})
/** mod_locations 4.8: the category is called `source` here. */
const energyMix = object('EnergyMix', {
  is_green_energy: one(boolean),
  energy_sources: any(object('EnergySource', { source: one(oneOf(words.energySources)), percentage: one(number) })),
  environ_impact: any(
    object('EnvironmentalImpact', { source: one(oneOf(words.environmentalImpacts)), amount: one(number) }),
  ),
  supplier_name: maybe(string(64)),
  energy_product_name: maybe(string(64)),
})
const timeOfDay = string(5, /^([0-1][0-9]|2[0-3]):[0-5][0-9]$/)
const exceptionalPeriod = object('ExceptionalPeriod', { period_begin: one(dateTime), period_end: one(dateTime) })
/** mod_locations 4.13: either regular hours or twentyfourseven. */
const hours = object('Hours', {
  regular_hours: any(
    object('RegularHours', { weekday: one(int), period_begin: one(timeOfDay), period_end: one(timeOfDay) }),
  ),
  twentyfourseven: maybe(boolean),
  exceptional_openings: any(exceptionalPeriod),
  exceptional_closings: any(exceptionalPeriod),
})
export const connector = object('Connector', {
  id: one(string(36)),
  standard: one(oneOf(connectorTypes)),
  format: one(oneOf(words.connectorFormats)),
  power_type: one(oneOf(powerTypes)),
  voltage: one(int),
  amperage: one(int),
  tariff_id: maybe(string(36)),
  terms_and_conditions: maybe(url),
  last_updated: one(dateTime),
})
export const evse = object('EVSE', {
  uid: one(string(39)),
  evse_id: maybe(string(48)),
  status: one(oneOf(words.evseStatuses)),
  status_schedule: any(p.statusSchedule),
  capabilities: any(oneOf(capabilities)),
  connectors: some(connector),
  floor_level: maybe(string(4)),
  coordinates: maybe(geoLocation),
  physical_reference: maybe(string(16)),
  directions: any(p.displayText),
  parking_restrictions: any(oneOf(words.parkingRestrictions)),
  images: any(image),
  last_updated: one(dateTime),
})
/** mod_locations 3.1. */
export const location = object('Location', {
  id: one(string(39)),
  type: one(oneOf(locationTypes)),
  name: maybe(string(255)),
  address: one(string(45)),
  city: one(string(45)),
  postal_code: one(string(10)),
  country: one(string(3)),
  coordinates: one(geoLocation),
  related_locations: any(additionalGeoLocation),
  evses: any(evse),
  directions: any(p.displayText),
  operator: maybe(businessDetails),
  suboperator: maybe(businessDetails),
  owner: maybe(businessDetails),
  facilities: any(oneOf(facilities)),
  time_zone: maybe(string(255)),
  opening_times: maybe(hours),
  charging_when_closed: maybe(boolean),
  images: any(image),
  energy_mix: maybe(energyMix),
  last_updated: one(dateTime),
})
const tariffRestrictions = exactObject('TariffRestrictions', {
  start_time: maybe(timeOfDay),
  end_time: maybe(timeOfDay),
  start_date: maybe(string(10)),
  end_date: maybe(string(10)),
  min_kwh: maybe(number),
  max_kwh: maybe(number),
  min_power: maybe(number),
  max_power: maybe(number),
  min_duration: maybe(int),
  max_duration: maybe(int),
  day_of_week: any(oneOf(words.days)),
})
const tariffElement = exactObject('TariffElement', {
  price_components: some(
    exactObject('PriceComponent', {
      type: one(oneOf(words.tariffDimensions)),
      price: one(number),
      step_size: one(int),
    }),
  ),
  restrictions: maybe(tariffRestrictions),
})
/** mod_tariffs 3.1: prices without VAT. */
export const tariff = exactObject('Tariff', {
  id: one(string(36)),
  currency: one(string(3)),
  tariff_alt_text: any(p.displayText),
  tariff_alt_url: maybe(url),
  elements: some(tariffElement),
  energy_mix: maybe(energyMix),
  last_updated: one(dateTime),
})
export const token = object('Token', {
  uid: one(string(36)),
  type: one(oneOf(tokenTypes)),
  auth_id: one(string(36)),
  visual_number: maybe(string(64)),
  issuer: one(string(64)),
  valid: one(boolean),
  whitelist: one(oneOf(words.whitelistTypes)),
  language: maybe(string(2)),
  last_updated: one(dateTime),
})
export const locationReferences = object('LocationReferences', {
  location_id: one(string(39)),
  evse_uids: any(string(39)),
  connector_ids: any(string(36)),
})
export const authorizationInfo = object('AuthorizationInfo', {
  allowed: one(oneOf(words.allowedTypes)),
  location: maybe(locationReferences),
  info: maybe(p.displayText),
})
const chargingPeriod = object('ChargingPeriod', {
  start_date_time: one(dateTime),
  dimensions: some(object('CdrDimension', { type: one(oneOf(cdrDimensions)), volume: one(number) })),
})
/** mod_sessions 3.1. */
export const session = object('Session', {
  id: one(ciString(36)),
  start_datetime: one(dateTime),
  end_datetime: maybe(dateTime),
  kwh: one(number),
  auth_id: one(string(36)),
  auth_method: one(oneOf(authMethods)),
  location: one(location),
  meter_id: maybe(string(255)),
  currency: one(string(3)),
  charging_periods: any(chargingPeriod),
  total_cost: maybe(number),
  status: one(oneOf(sessionStatuses)),
  last_updated: one(dateTime),
})
/** mod_cdrs 3.1. */
export const cdr = object('CDR', {
  id: one(ciString(36)),
  start_date_time: one(dateTime),
  stop_date_time: one(dateTime),
  auth_id: one(string(36)),
  auth_method: one(oneOf(authMethods)),
  location: one(location),
  meter_id: maybe(string(255)),
  currency: one(string(3)),
  tariffs: any(tariff),
  charging_periods: some(chargingPeriod),
  total_cost: one(number),
  total_energy: one(number),
  total_time: one(number),
  total_parking_time: maybe(number),
  remark: maybe(string(255)),
  last_updated: one(dateTime),
})
export const commandResponse = object('CommandResponse', { result: one(oneOf(commandResponses)) })
/** mod_commands 2.2: the asynchronous result is a CommandResponse too. */
export const commandResult = commandResponse
export const reserveNow = object('ReserveNow', {
  response_url: one(url),
  token: one(token),
  expiry_date: one(dateTime),
  reservation_id: one(int),
  location_id: one(string(39)),
  evse_uid: maybe(string(39)),
})
export const startSession = object('StartSession', {
  response_url: one(url),
  token: one(token),
  location_id: one(string(39)),
  evse_uid: maybe(string(39)),
})
export const stopSession = object('StopSession', { response_url: one(url), session_id: one(string(36)) })
export const unlockConnector = object('UnlockConnector', {
  response_url: one(url),
  location_id: one(string(39)),
  evse_uid: one(string(39)),
  connector_id: one(string(36)),
})
/** credentials 2.1: one party. */
export const credentials = object('Credentials', {
  token: one(string(64, /^[\x21-\x7e]+$/)),
  url: one(url),
  business_details: one(businessDetails),
  party_id: one(string(3)),
  country_code: one(string(2)),
})
