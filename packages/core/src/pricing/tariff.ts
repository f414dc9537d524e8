/**
 * The tariff model of OCPI 2.2.1 (mod_tariffs), in the names and shape of its JSON, so that a tariff is stored, sent, hashed and
 * priced as one and the same plain object. `parseTariff` makes one out of untrusted JSON.
 * Numbers carry the decimal that was written (0.25 is a quarter); the engine never calculates with them as floats.
 */
export interface Tariff {
  /** Absent in OCPI 2.1.1. */
  readonly country_code?: string
  readonly party_id?: string
  readonly id: string
  /** ISO 4217. */
  readonly currency: string
  readonly type?: string
  readonly tariff_alt_text?: readonly { readonly language: string; readonly text: string }[]
  readonly tariff_alt_url?: string
  readonly min_price?: PriceLimit
  readonly max_price?: PriceLimit
  readonly elements: readonly TariffElement[]
  /**
   * OCPI 2.3.0: whether component prices hold the VAT. Absent (2.2.1) means NO. Limits are given both ways and are not affected.
   */
  readonly tax_included?: TaxIncluded
  /** First moment of validity, UTC. The tariff valid when a session starts prices all of it. */
  readonly start_date_time?: string
  /** Last moment of validity, UTC. */
  readonly end_date_time?: string
  readonly last_updated?: string
}

export interface TariffElement {
  readonly price_components: readonly PriceComponent[]
  readonly restrictions?: TariffRestrictions
}

export interface PriceComponent {
  readonly type: TariffDimension
  /** Per kWh (ENERGY), per hour (TIME, PARKING_TIME) or per session (FLAT). */
  readonly price: number
  /** VAT in percent. Absent: no VAT applies, which is not the same as 0 %. */
  readonly vat?: number
  /** Block in Wh (ENERGY) or seconds (TIME, PARKING_TIME); 0 and 1 of FLAT mean nothing. */
  readonly step_size: number
}

/** All that are set must match at a moment for the element to be active at that moment. */
export interface TariffRestrictions {
  /** Local wall clock `HH:MM`, inclusive. */
  readonly start_time?: string
  /** Exclusive. Before start_time: wraps past midnight. 00:00: end of the day. */
  readonly end_time?: string
  /** Local date, inclusive. */
  readonly start_date?: string
  /** Exclusive. */
  readonly end_date?: string
  /** Energy taken so far: min inclusive, max exclusive. */
  readonly min_kwh?: number
  readonly max_kwh?: number
  /** A, sum over the phases. */
  readonly min_current?: number
  readonly max_current?: number
  /** kW. */
  readonly min_power?: number
  readonly max_power?: number
  /** Seconds since the session (or, in a reservation element, the reservation) began. */
  readonly min_duration?: number
  readonly max_duration?: number
  readonly day_of_week?: readonly DayOfWeek[]
  readonly reservation?: ReservationRestriction
}

export interface PriceLimit {
  readonly excl_vat: number
  readonly incl_vat?: number
}

export const tariffDimensions = ['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME'] as const
export type TariffDimension = (typeof tariffDimensions)[number]

/** From Monday, as OCPI lists them. */
export const daysOfWeek = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const
export type DayOfWeek = (typeof daysOfWeek)[number]

export const reservationRestrictions = ['RESERVATION', 'RESERVATION_EXPIRES'] as const
export type ReservationRestriction = (typeof reservationRestrictions)[number]

export const taxIncludedValues = ['YES', 'NO', 'N/A'] as const
export type TaxIncluded = (typeof taxIncludedValues)[number]

/** Whether a session that starts at `at` may be priced by this tariff: from start_date_time to end_date_time, both inclusive. */
export const isTariffValidAt = (tariff: Tariff, at: Date): boolean =>
  (tariff.start_date_time === undefined || at.getTime() >= Date.parse(tariff.start_date_time)) &&
  (tariff.end_date_time === undefined || at.getTime() <= Date.parse(tariff.end_date_time))
