import { any, ciString, dateTime, maybe, object, one, oneOf, some, string, url } from '../schema/schema.ts'
import { geoLocation } from '../v221/pieces.ts'
import { price } from './objects.ts'

/** OCPI 2.3.0, mod_payments (branch 2.3.0/release/payments). */
export const invoiceCreators = ['CPO', 'PTP'] as const
export const captureStatusCodes = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED'] as const

/** Terminal object: a payment terminal of a PTP, and the plugs it serves. Its party is the CPO's, not its owner's. */
export const terminal = object('Terminal', {
  terminal_id: one(ciString(36)),
  customer_reference: maybe(ciString(36)),
  party_id: maybe(ciString(3)),
  country_code: maybe(ciString(2)),
  address: maybe(ciString(45)),
  city: maybe(ciString(45)),
  postal_code: maybe(ciString(10)),
  state: maybe(ciString(20)),
  country: maybe(ciString(3)),
  coordinates: maybe(geoLocation),
  invoice_base_url: maybe(url),
  invoice_creator: maybe(oneOf(invoiceCreators)),
  reference: maybe(ciString(36)),
  location_ids: any(ciString(36)),
  evse_uids: any(ciString(36)),
  last_updated: one(dateTime),
})
/** Financial Advice Confirmation object: what was captured of a driver's card for one charge. */
export const financialAdvice = object('FinancialAdviceConfirmation', {
  id: one(ciString(36)),
  authorization_reference: one(ciString(36)),
  total_costs: one(price),
  currency: one(string(3)),
  eft_data: some(string(255)),
  capture_status_code: one(oneOf(captureStatusCodes)),
  capture_status_message: maybe(string(255)),
  last_updated: one(dateTime),
})
