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
import * as p from './pieces.ts'
import * as words from './words.ts'

/** OCPI 2.2.1: the tables of the specification, one object each (branch release-2.2.1-bugfixes). */
const image = object('Image', {
  url: one(url),
  thumbnail: maybe(url),
  category: one(oneOf(words.imageCategories)),
  type: one(ciString(4)),
  width: maybe(int),
  height: maybe(int),
})
export const businessDetails = object('BusinessDetails', {
  name: one(string(100)),
  website: maybe(url),
  logo: maybe(image),
})
export const connector = object('Connector', {
  id: one(ciString(36)),
  standard: one(oneOf(words.connectorTypes)),
  format: one(oneOf(words.connectorFormats)),
  power_type: one(oneOf(words.powerTypes)),
  max_voltage: one(int),
  max_amperage: one(int),
  max_electric_power: maybe(int),
  tariff_ids: any(ciString(36)),
  terms_and_conditions: maybe(url),
  last_updated: one(dateTime),
})
export const evse = object('EVSE', {
  uid: one(ciString(36)),
  evse_id: maybe(ciString(48)),
  status: one(oneOf(words.evseStatuses)),
  status_schedule: any(p.statusSchedule),
  capabilities: any(oneOf(words.capabilities)),
  connectors: some(connector),
  floor_level: maybe(string(4)),
  coordinates: maybe(p.geoLocation),
  physical_reference: maybe(string(16)),
  directions: any(p.displayText),
  parking_restrictions: any(oneOf(words.parkingRestrictions)),
  images: any(image),
  last_updated: one(dateTime),
})
/** mod_locations, Location object. */
export const location = object('Location', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  id: one(ciString(36)),
  publish: one(boolean),
  publish_allowed_to: any(p.publishTokenType),
  name: maybe(string(255)),
  address: one(string(255)),
  city: one(string(45)),
  postal_code: maybe(string(10)),
  state: maybe(string(45)),
  country: one(string(3)),
  coordinates: one(p.geoLocation),
  related_locations: any(p.additionalGeoLocation),
  parking_type: maybe(oneOf(words.parkingTypes)),
  evses: any(evse),
  directions: any(p.displayText),
  operator: maybe(businessDetails),
  suboperator: maybe(businessDetails),
  owner: maybe(businessDetails),
  facilities: any(oneOf(words.facilities)),
  time_zone: one(string(255)),
  opening_times: maybe(p.hours),
  charging_when_closed: maybe(boolean),
  images: any(image),
  energy_mix: maybe(p.energyMix),
  last_updated: one(dateTime),
})
export const price = object('Price', { excl_vat: one(number), incl_vat: maybe(number) })
/** mod_tariffs, Tariff object. */
export const tariff = exactObject('Tariff', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  id: one(ciString(36)),
  currency: one(string(3)),
  type: maybe(oneOf(words.tariffTypes)),
  tariff_alt_text: any(p.displayText),
  tariff_alt_url: maybe(url),
  min_price: maybe(price),
  max_price: maybe(price),
  elements: some(p.tariffElement),
  start_date_time: maybe(dateTime),
  end_date_time: maybe(dateTime),
  energy_mix: maybe(p.energyMix),
  last_updated: one(dateTime),
})
/** mod_tokens, Token object. */
export const token = object('Token', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  uid: one(ciString(36)),
  type: one(oneOf(words.tokenTypes)),
  contract_id: one(ciString(36)),
  visual_number: maybe(string(64)),
  issuer: one(string(64)),
  group_id: maybe(ciString(36)),
  valid: one(boolean),
  whitelist: one(oneOf(words.whitelistTypes)),
  language: maybe(string(2)),
  default_profile_type: maybe(oneOf(words.profileTypes)),
  energy_contract: maybe(p.energyContract),
  last_updated: one(dateTime),
})
export const authorizationInfo = object('AuthorizationInfo', {
  allowed: one(oneOf(words.allowedTypes)),
  token: one(token),
  location: maybe(p.locationReferences),
  authorization_reference: maybe(ciString(36)),
  info: maybe(p.displayText),
})
export const cdrToken = object('CdrToken', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  uid: one(ciString(36)),
  type: one(oneOf(words.tokenTypes)),
  contract_id: one(ciString(36)),
})
/** mod_sessions, Session object. */
export const session = object('Session', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  id: one(ciString(36)),
  start_date_time: one(dateTime),
  end_date_time: maybe(dateTime),
  kwh: one(number),
  cdr_token: one(cdrToken),
  auth_method: one(oneOf(words.authMethods)),
  authorization_reference: maybe(ciString(36)),
  location_id: one(ciString(36)),
  evse_uid: one(ciString(36)),
  connector_id: one(ciString(36)),
  meter_id: maybe(string(255)),
  currency: one(string(3)),
  charging_periods: any(p.chargingPeriod),
  total_cost: maybe(price),
  status: one(oneOf(words.sessionStatuses)),
  last_updated: one(dateTime),
})
export const cdrLocation = object('CdrLocation', {
  id: one(ciString(36)),
  name: maybe(string(255)),
  address: one(string(45)),
  city: one(string(45)),
  postal_code: maybe(string(10)),
  state: maybe(string(20)),
  country: one(string(3)),
  coordinates: one(p.geoLocation),
  evse_uid: one(ciString(36)),
  evse_id: one(ciString(48)),
  connector_id: one(ciString(36)),
  connector_standard: one(oneOf(words.connectorTypes)),
  connector_format: one(oneOf(words.connectorFormats)),
  connector_power_type: one(oneOf(words.powerTypes)),
})
/** mod_cdrs, CDR object. */
export const cdr = object('CDR', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  id: one(ciString(39)),
  start_date_time: one(dateTime),
  end_date_time: one(dateTime),
  session_id: maybe(ciString(36)),
  cdr_token: one(cdrToken),
  auth_method: one(oneOf(words.authMethods)),
  authorization_reference: maybe(ciString(36)),
  cdr_location: one(cdrLocation),
  meter_id: maybe(string(255)),
  currency: one(string(3)),
  tariffs: any(tariff),
  charging_periods: some(p.chargingPeriod),
  signed_data: maybe(p.signedData),
  total_cost: one(price),
  total_fixed_cost: maybe(price),
  total_energy: one(number),
  total_energy_cost: maybe(price),
  total_time: one(number),
  total_time_cost: maybe(price),
  total_parking_time: maybe(number),
  total_parking_cost: maybe(price),
  total_reservation_cost: maybe(price),
  remark: maybe(string(255)),
  invoice_reference_id: maybe(ciString(39)),
  credit: maybe(boolean),
  credit_reference_id: maybe(ciString(39)),
  home_charging_compensation: maybe(boolean),
  last_updated: one(dateTime),
})
export const reserveNow = object('ReserveNow', {
  response_url: one(url),
  token: one(token),
  expiry_date: one(dateTime),
  reservation_id: one(ciString(36)),
  location_id: one(ciString(36)),
  evse_uid: maybe(ciString(36)),
  authorization_reference: maybe(ciString(36)),
})
export const startSession = object('StartSession', {
  response_url: one(url),
  token: one(token),
  location_id: one(ciString(36)),
  evse_uid: maybe(ciString(36)),
  connector_id: maybe(ciString(36)),
  authorization_reference: maybe(ciString(36)),
})
export const { stopSession, cancelReservation, unlockConnector, commandResponse, commandResult } = p
/** credentials, Credentials object. */
export const credentials = object('Credentials', {
  token: one(string(64, /^[\x21-\x7e]+$/)),
  url: one(url),
  roles: some(
    object('CredentialsRole', {
      role: one(oneOf(words.roles)),
      business_details: one(businessDetails),
      party_id: one(ciString(3, 3)),
      country_code: one(ciString(2, 2)),
    }),
  ),
})
/** mod_hub_client_info, ClientInfo object. */
export const clientInfo = object('ClientInfo', {
  party_id: one(ciString(3, 3)),
  country_code: one(ciString(2, 2)),
  role: one(oneOf(words.roles)),
  status: one(oneOf(words.connectionStatuses)),
  last_updated: one(dateTime),
})
