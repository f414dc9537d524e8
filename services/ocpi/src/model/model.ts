import type { Infer } from '../schema/schema.ts'
import type * as v221 from '../v221/objects.ts'
import type * as p from '../v221/pieces.ts'
import type * as bookings from '../v230/bookings.ts'
import type * as v230 from '../v230/objects.ts'
import type * as payments from '../v230/payments.ts'

/**
 * The one internal model: 2.3.0's objects where it only adds, 2.2.1's prices (which core's engine speaks) with 2.3.0's taxes
 * beside them. Each version is a mapper to and from it; what a version has no word for is left out on the way there.
 */
export type Location = Infer<typeof v230.location>
export type Evse = NonNullable<Location['evses']>[number]
export type Connector = Evse['connectors'][number]
export interface TaxAmount {
  readonly name: string
  readonly account_number?: string
  readonly percentage?: number
  readonly amount: number
}
export interface Price {
  readonly excl_vat: number
  readonly incl_vat?: number
  /** As a 2.3.0 partner named them. */
  readonly taxes?: readonly TaxAmount[]
}
export type Tariff = Infer<typeof v221.tariff> & { readonly tax_included?: 'YES' | 'NO' | 'N/A' }
export type Token = Infer<typeof v230.token>
export type CdrToken = Infer<typeof v230.cdrToken>
export type ChargingPeriod = Infer<typeof p.chargingPeriod>
export type CdrLocation = Infer<typeof v230.cdrLocation>
type Session221 = Infer<typeof v221.session>
export type Session = Omit<Session221, 'cdr_token' | 'total_cost'> & {
  readonly cdr_token: CdrToken
  readonly total_cost?: Price
}
type Cdr221 = Infer<typeof v221.cdr>
export const priceFields = [
  'total_cost',
  'total_fixed_cost',
  'total_energy_cost',
  'total_time_cost',
  'total_parking_cost',
  'total_reservation_cost',
] as const
export type PriceField = (typeof priceFields)[number]
export type Cdr = Omit<Cdr221, PriceField | 'cdr_token' | 'cdr_location' | 'tariffs'> & {
  readonly cdr_token: CdrToken
  readonly cdr_location: CdrLocation
  readonly tariffs?: readonly Tariff[]
  readonly total_cost: Price
} & { readonly [K in Exclude<PriceField, 'total_cost'>]?: Price }
export type LocationReferences = Infer<typeof p.locationReferences>
export interface AuthorizationInfo {
  readonly allowed: 'ALLOWED' | 'BLOCKED' | 'EXPIRED' | 'NO_CREDIT' | 'NOT_ALLOWED'
  readonly token: Token
  readonly location?: LocationReferences
  readonly authorization_reference?: string
  readonly info?: { readonly language: string; readonly text: string }
}
export interface BusinessDetails {
  readonly name: string
  readonly website?: string
}
export type Role = 'CPO' | 'EMSP' | 'HUB' | 'NAP' | 'NSP' | 'OTHER' | 'SCSP' | 'PTP'
/** A party and how OCPI names it. */
export interface PartyRef {
  readonly country_code: string
  readonly party_id: string
}
export interface CredentialsRole extends PartyRef {
  readonly role: Role
  readonly business_details: BusinessDetails
}
export interface Credentials {
  readonly token: string
  readonly url: string
  readonly roles: readonly CredentialsRole[]
  readonly hub_party_id?: string
}
export type ClientInfo = Infer<typeof v230.clientInfo> | Infer<typeof v221.clientInfo>
export type InvoiceRecord = Infer<typeof v230.invoiceReconciliation>

export type Booking = Infer<typeof bookings.booking>
export type BookingLocation = Infer<typeof bookings.bookingLocation>
export type BookingRequest = Infer<typeof bookings.bookingRequest>
export const isBookingLocation = (object: Booking | BookingLocation): object is BookingLocation =>
  !('reservation_status' in object)
/** With its owner, the payment terminal provider, whom the object itself does not name. */
export interface Terminal extends PartyRef {
  readonly id: string
  readonly last_updated: string
  readonly terminal: Infer<typeof payments.terminal>
}
export interface FinancialAdvice extends PartyRef {
  readonly id: string
  readonly last_updated: string
  readonly advice: Infer<typeof payments.financialAdvice>
}

/** The objects that one party owns and others hold copies of. */
export interface Objects {
  locations: Location
  tariffs: Tariff
  sessions: Session
  cdrs: Cdr
  tokens: Token
  hubclientinfo: ClientInfo
  invoicereconciliation: InvoiceRecord
  terminals: Terminal
  financialadvices: FinancialAdvice
  bookinglocations: BookingLocation
  bookings: Booking
}
export type Kind = keyof Objects
export const kinds = [
  'locations',
  'tariffs',
  'sessions',
  'cdrs',
  'tokens',
  'hubclientinfo',
  'invoicereconciliation',
  'terminals',
  'financialadvices',
  'bookinglocations',
  'bookings',
] as const satisfies readonly Kind[]
