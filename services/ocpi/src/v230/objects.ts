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
  openEnum,
  some,
  string,
  url,
} from '../schema/schema.ts'
import * as p from '../v221/pieces.ts'
import * as words from '../v221/words.ts'

/** OCPI 2.3.0 (edition 2): what it changes against 2.2.1; everything else is 2.2.1's (branch 2.3.0/release/core). */
export const roles = ['CPO', 'EMSP', 'NAP', 'NSP', 'OTHER', 'SCSP', 'PTP'] as const
export const connectorTypes = [...words.connectorTypes, 'MCS', 'SAE_J3400'] as const
export const tokenTypes = ['AD_HOC_USER', 'APP_USER', 'EMAID', 'OTHER', 'RFID'] as const
export const parkingRestrictions = [
  'CUSTOMERS',
  'DISABLED',
  'EMPLOYEES',
  'EV_ONLY',
  'MOTORCYCLES',
  'PLUGGED',
  'TAXIS',
  'TENANTS',
] as const
export const vehicleTypes = [
  'MOTORCYCLE',
  'PERSONAL_VEHICLE',
  'PERSONAL_VEHICLE_WITH_TRAILER',
  'VAN',
  'SEMI_TRACTOR',
  'RIGID',
  'TRUCK_WITH_TRAILER',
  'BUS',
  'DISABLED',
] as const
export const evsePositions = ['LEFT', 'RIGHT', 'CENTER'] as const

const image = object('Image', {
  url: one(url),
  thumbnail: maybe(url),
  category: one(openEnum(words.imageCategories)),
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
  standard: one(openEnum(connectorTypes)),
  format: one(oneOf(words.connectorFormats)),
  power_type: one(oneOf(words.powerTypes)),
  max_voltage: one(int),
  max_amperage: one(int),
  max_electric_power: maybe(int),
  tariff_ids: any(ciString(36)),
  terms_and_conditions: maybe(url),
  capabilities: any(openEnum(['ISO_15118_2_PLUG_AND_CHARGE', 'ISO_15118_20_PLUG_AND_CHARGE'])),
  last_updated: one(dateTime),
})
const evseParking = object('EVSEParking', {
  parking_id: one(ciString(36)),
  evse_position: maybe(oneOf(evsePositions)),
})
export const evse = object('EVSE', {
  uid: one(ciString(36)),
  evse_id: maybe(ciString(48)),
  status: one(oneOf(words.evseStatuses)),
  status_schedule: any(p.statusSchedule),
  capabilities: any(openEnum(words.capabilities)),
  connectors: some(connector),
  floor_level: maybe(string(4)),
  coordinates: maybe(p.geoLocation),
  physical_reference: maybe(string(16)),
  directions: any(p.displayText),
  parking_restrictions: any(openEnum(parkingRestrictions)),
  parking: any(evseParking),
  images: any(image),
  accepted_service_providers: any(string(50)),
  last_updated: one(dateTime),
})
const parking = object('Parking', {
  id: one(ciString(36)),
  physical_reference: maybe(string(12)),
  vehicle_types: some(openEnum(vehicleTypes)),
  max_vehicle_weight: maybe(number),
  max_vehicle_height: maybe(number),
  max_vehicle_length: maybe(number),
  max_vehicle_width: maybe(number),
  parking_space_length: maybe(number),
  parking_space_width: maybe(number),
  dangerous_goods_allowed: maybe(boolean),
  direction: maybe(oneOf(['PARALLEL', 'PERPENDICULAR', 'ANGLE'])),
  drive_through: maybe(boolean),
  restricted_to_type: one(boolean),
  reservation_required: one(boolean),
  time_limit: maybe(number),
  roofed: maybe(boolean),
  images: any(image),
  lighting: maybe(boolean),
  refrigeration_outlet: maybe(boolean),
  standards: any(ciString(36)),
  apds_reference: maybe(ciString(255)),
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
  parking_places: any(parking),
  directions: any(p.displayText),
  operator: maybe(businessDetails),
  suboperator: maybe(businessDetails),
  owner: maybe(businessDetails),
  facilities: any(openEnum(words.facilities)),
  time_zone: one(string(255)),
  opening_times: maybe(p.hours),
  charging_when_closed: maybe(boolean),
  images: any(image),
  energy_mix: maybe(p.energyMix),
  help_phone: maybe(ciString(25)),
  last_updated: one(dateTime),
})
/** types, Price and TaxAmount: replace 2.2.1's excl_vat and incl_vat. */
export const taxAmount = object('TaxAmount', {
  name: one(string(255)),
  account_number: maybe(string(255)),
  percentage: maybe(number),
  amount: one(number),
})
export const price = object('Price', { before_taxes: one(number), taxes: any(taxAmount) })
const priceLimit = object('PriceLimit', { before_taxes: one(number), after_taxes: maybe(number) })
/** mod_tariffs, Tariff object. */
export const tariff = exactObject('Tariff', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  id: one(ciString(36)),
  currency: one(string(3)),
  type: maybe(oneOf(words.tariffTypes)),
  tariff_alt_text: any(p.displayText),
  tariff_alt_url: maybe(url),
  min_price: maybe(priceLimit),
  max_price: maybe(priceLimit),
  elements: some(p.tariffElement),
  tax_included: one(oneOf(['YES', 'NO', 'N/A'])),
  start_date_time: maybe(dateTime),
  end_date_time: maybe(dateTime),
  energy_mix: maybe(p.energyMix),
  last_updated: one(dateTime),
})
export const token = object('Token', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  uid: one(ciString(36)),
  type: one(openEnum(tokenTypes)),
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
  type: one(openEnum(tokenTypes)),
  contract_id: one(ciString(36)),
})
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
  connector_standard: one(openEnum(connectorTypes)),
  connector_format: one(oneOf(words.connectorFormats)),
  connector_power_type: one(oneOf(words.powerTypes)),
})
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
export const credentials = object('Credentials', {
  token: one(string(64, /^[\x21-\x7e]+$/)),
  url: one(url),
  hub_party_id: maybe(ciString(5, 5)),
  roles: some(
    object('CredentialsRole', {
      role: one(oneOf(roles)),
      business_details: one(businessDetails),
      party_id: one(ciString(3, 3)),
      country_code: one(ciString(2, 2)),
    }),
  ),
})
export const clientInfo = object('ClientInfo', {
  party_id: one(ciString(3, 3)),
  country_code: one(ciString(2, 2)),
  role: one(oneOf(roles)),
  status: one(oneOf(words.connectionStatuses)),
  last_updated: one(dateTime),
})
/** mod_invoice_reconciliation (edition 2): which CDRs an invoice covers. */
export const invoiceReconciliation = object('InvoiceReconciliationRecord', {
  country_code: one(ciString(2, 2)),
  party_id: one(ciString(3, 3)),
  id: one(ciString(36)),
  invoice_id: one(ciString(255)),
  cdrs: some(ciString(36)),
  last_updated: one(dateTime),
})
