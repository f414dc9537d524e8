import type { Party } from './ids.ts'

/** A payment terminal of a partner, and the plugs of ours it serves (OCPI 2.3.0, mod_payments). */
export interface RoamingTerminal {
  readonly id: string
  /** The mark of its maker or of its station. */
  readonly reference?: string
  readonly address?: string
  readonly city?: string
  readonly locationIds: readonly string[]
  readonly evseUids: readonly string[]
  readonly lastUpdated: string
}

/** What was taken from a driver's bank card at a partner's terminal for one charge. `total` in `currency`, all taxes in. */
export interface RoamingCapture {
  readonly id: string
  readonly authorizationReference: string
  readonly total: number
  readonly currency: string
  readonly status: 'SUCCESS' | 'PARTIAL_SUCCESS' | 'FAILED'
  readonly words?: string
  readonly lastUpdated: string
}

/** What can be booked (OCPI 2.3.0, mod_bookings): at a partner's, or at ours. */
export interface RoamingBookable {
  readonly id: string
  readonly where: 'here' | 'there'
  readonly locationId: string
  readonly evseUid?: string
  readonly tariffIds: readonly string[]
  readonly slots: readonly RoamingSlot[]
}
export interface RoamingSlot {
  readonly from: string
  readonly to: string
  readonly maxPowerW?: number
}

export interface RoamingBooking {
  readonly id: string
  readonly where: 'here' | 'there'
  /** Named by whoever booked; the same for changes of it. */
  readonly requestId: string
  readonly locationId: string
  readonly evseUid?: string
  readonly from: string
  readonly to: string
  /** OCPI's ReservationStatus. */
  readonly status: 'PENDING' | 'RESERVED' | 'CANCELED' | 'FAILED' | 'NO_SHOW' | 'FULFILLED' | 'REJECTED' | 'UNKNOWN'
  readonly authorizationReference: string
  readonly lastUpdated: string
}

/** A wish to book at a partner's; the same `requestId` again changes the booking. */
export interface RoamingBookingWish {
  readonly bookableId: string
  readonly from: string
  readonly to: string
  readonly requestId?: string
  readonly powerKw?: number
}

/** An offer of a plug of ours to be booked; the same `id` again replaces it. No slots: nothing is on offer any more. */
export interface RoamingOffer {
  readonly id: string
  readonly locationId: string
  readonly evseUid?: string
  readonly tariffIds?: readonly string[]
  readonly slots: readonly RoamingSlot[]
  /** Until how long before its begin a booking may be changed or cancelled, minutes. Default 0. */
  readonly changeUntilMinutes?: number
  readonly cancelUntilMinutes?: number
}

/** What a driver prefers for a charge at a partner's plug (OCPI 2.2.1 and later, mod_sessions, ChargingPreferences). */
export interface RoamingPreferences {
  readonly profile: 'CHEAP' | 'FAST' | 'GREEN' | 'REGULAR'
  readonly departureAt?: string
  readonly energyKwh?: number
  readonly dischargeAllowed?: boolean
}
export interface RoamingPreferencesAnswer {
  /** OCPI's ChargingPreferencesResponse; NOT_SUPPORTED where the partner or its plug weighs none. */
  readonly result:
    | 'ACCEPTED'
    | 'DEPARTURE_REQUIRED'
    | 'ENERGY_NEED_REQUIRED'
    | 'NOT_POSSIBLE'
    | 'PROFILE_TYPE_NOT_SUPPORTED'
    | 'NOT_SUPPORTED'
}

/** Payment terminals, bookings and drivers' preferences: what an operator does with partners besides the charges themselves. */
export interface RoamingServiceRequests {
  'roaming.terminals': {
    ask: OnePartner
    answer: { items: readonly RoamingTerminal[]; captures: readonly RoamingCapture[] }
  }
  /** Puts a partner's terminal at locations and EVSEs of ours. `conflict` says in words why not. */
  'roaming.assignTerminal': {
    ask: OnePartner & { terminalId: string; locationIds: readonly string[]; evseUids: readonly string[] }
    answer: Record<string, never>
  }
  /** Asks for a terminal that came with a station, by the mark of its maker. */
  'roaming.activateTerminal': {
    ask: OnePartner & { reference: string; locationIds: readonly string[]; evseUids: readonly string[] }
    answer: Record<string, never>
  }
  'roaming.deactivateTerminal': { ask: OnePartner & { terminalId: string }; answer: Record<string, never> }
  'roaming.bookable': { ask: OnePartner; answer: { items: readonly RoamingBookable[] } }
  'roaming.bookings': { ask: OnePartner; answer: { items: readonly RoamingBooking[] } }
  'roaming.book': { ask: OnePartner & RoamingBookingWish; answer: RoamingBooking }
  'roaming.cancelBooking': { ask: OnePartner & { requestId: string }; answer: RoamingBooking }
  /** Tells the partner what a driver of ours prefers; `sessionId` is the partner's. */
  'roaming.prefer': { ask: OnePartner & RoamingPreferences & { sessionId: string }; answer: RoamingPreferencesAnswer }
  /** Offers a plug of ours to all partners that book. */
  'roaming.offerBooking': { ask: { readonly party: Party } & RoamingOffer; answer: RoamingBookable }
}
interface OnePartner {
  readonly party: Party
  readonly partnerId: string
}
