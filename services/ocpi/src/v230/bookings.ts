import {
  any,
  boolean,
  ciString,
  dateTime,
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
import * as words from '../v221/words.ts'
import { connectorTypes, evsePositions, roles, tokenTypes, vehicleTypes } from './objects.ts'

/** OCPI 2.3.0, mod_bookings (branch 2.3.0/release/bookings). */
export const accessMethods = ['OPEN', 'TOKEN', 'LICENSE_PLATE', 'ACCESS_CODE', 'INTERCOM', 'PARKING_TICKET'] as const
export const canceledReasons = [
  'POWER_OUTAGE',
  'BROKEN_CHARGER',
  'FULL',
  'BLOCKED',
  'TRAFFIC',
  'BROKEN_VEHICLE',
  'NO_CANCELED',
  'UNKNOWN',
] as const
export const requestStatuses = ['PENDING', 'ACCEPTED', 'DECLINED', 'FAILED'] as const
export const reservationStatuses = [
  'PENDING',
  'RESERVED',
  'CANCELED',
  'FAILED',
  'NO_SHOW',
  'FULFILLED',
  'REJECTED',
  'UNKNOWN',
] as const

const party = { country_code: one(ciString(2, 2)), party_id: one(ciString(3, 3)) }
export const period = object('Period', { start_date_time: one(dateTime), end_date_time: one(dateTime) })
/** Power in W. */
export const timeslot = object('Timeslot', {
  start_date_time: one(dateTime),
  end_date_time: one(dateTime),
  min_power: maybe(number),
  max_power: maybe(number),
  green_energy_support: maybe(boolean),
})
export const calendar = object('Calendar', {
  id: one(ciString(36)),
  begin_from: one(dateTime),
  end_before: one(dateTime),
  timeslot_increment: maybe(int),
  available_timeslots: some(timeslot),
  last_updated: one(dateTime),
})
const accessInformation = object('AccessInformation', {
  method: one(oneOf(accessMethods)),
  value: maybe(string(255)),
})
const bookingOption = object('BookingOption', {
  evse_uid: maybe(ciString(36)),
  connector_id: maybe(ciString(36)),
  parking_id: maybe(ciString(36)),
  evse_position: any(oneOf(evsePositions)),
  vehicle_types: any(openEnum(vehicleTypes)),
  connector_format: any(oneOf(words.connectorFormats)),
  connector_types: any(openEnum(connectorTypes)),
  power_types: any(oneOf(words.powerTypes)),
  max_vehicle_weight: maybe(number),
  max_vehicle_height: maybe(number),
  max_vehicle_length: maybe(number),
  max_vehicle_width: maybe(number),
  min_parking_space_length: maybe(number),
  min_parking_space_width: maybe(number),
  dangerous_goods_allowed: maybe(boolean),
  drive_through: maybe(boolean),
  refrigeration_outlet: maybe(boolean),
})
const bookingToken = object('BookingToken', {
  ...party,
  uid: one(ciString(36)),
  type: one(openEnum(tokenTypes)),
  contract_id: one(ciString(36)),
})
const cancellation = object('Cancellation', {
  cancellation_reason: one(oneOf(canceledReasons)),
  who_canceled: one(oneOf(roles)),
})
export const bookingTerms = object('BookingTerms', {
  rfid_auth_required: maybe(boolean),
  token_groups_supported: maybe(boolean),
  remote_auth_supported: maybe(boolean),
  supported_access_methods: some(oneOf(accessMethods)),
  change_until_minutes: one(number),
  cancel_until_minutes: one(number),
  change_not_allowed: maybe(boolean),
  early_start_allowed: maybe(boolean),
  early_start_time: maybe(number),
  noshow_timeout: maybe(number),
  noshow_fee: maybe(boolean),
  late_stop_allowed: maybe(boolean),
  late_stop_time: maybe(number),
  overlapping_bookings_allowed: maybe(boolean),
  min_booking_duration: maybe(number),
  max_booking_duration: maybe(number),
  booking_terms: maybe(url),
})
/** BookingRequest class; `power_required` in kW. */
export const bookingRequest = object('BookingRequest', {
  ...party,
  request_id: one(ciString(36)),
  booking_option: maybe(bookingOption),
  location_id: one(ciString(36)),
  booking_location_id: one(ciString(36)),
  tokens: any(bookingToken),
  access_information: any(accessInformation),
  period: one(period),
  authorization_reference: one(ciString(36)),
  power_required: maybe(int),
  canceled: maybe(cancellation),
})
const bookingRequestStatus = object('BookingRequestStatus', {
  request_status: one(oneOf(requestStatuses)),
  booking_request: one(bookingRequest),
  request_received: one(dateTime),
})
export const booking = object('Booking', {
  id: one(ciString(36)),
  ...party,
  request_id: one(ciString(36)),
  booking_option: maybe(bookingOption),
  location_id: one(ciString(36)),
  booking_tokens: any(bookingToken),
  tariff_ids: any(ciString(36)),
  period: one(timeslot),
  reservation_status: one(oneOf(reservationStatuses)),
  canceled: maybe(cancellation),
  access_information: any(accessInformation),
  authorization_reference: one(ciString(36)),
  booking_terms: one(bookingTerms),
  booking_requests: some(bookingRequestStatus),
  last_updated: one(dateTime),
})
export const bookingLocation = object('BookingLocation', {
  ...party,
  id: one(ciString(36)),
  location_id: one(ciString(36)),
  booking_option: maybe(bookingOption),
  policy: maybe(object('Policy', { reservation_required: one(boolean), ad_hoc: maybe(number) })),
  tariff_ids: any(ciString(36)),
  booking_terms: maybe(bookingTerms),
  calendars: any(calendar),
  last_updated: one(dateTime),
})
