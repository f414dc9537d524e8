/** The words of a tariff in one language. Prices and figures come formatted. */
export interface TariffWords {
  readonly locale: string
  readonly price: Readonly<Record<PartKind, (price: string) => string>>
  readonly free: Readonly<Record<PricedKind, string>>
  readonly freeOfCharge: string
  readonly vat: (percent: string | undefined) => string
  readonly step: (block: string) => string
  readonly otherwise: string
  /** A range whose ends may be open: at least one is given. */
  readonly ranges: Readonly<Record<RangeKind, (from: string | undefined, to: string | undefined) => string>>
  readonly days: (names: readonly string[]) => string
  readonly dayRun: (first: string, last: string) => string
  readonly and: string
}

export type PricedKind =
  | 'energy'
  | 'time'
  | 'parking'
  | 'start'
  | 'reservation-fee'
  | 'reservation-time'
  | 'expiry-fee'
  | 'expiry-time'
export type PartKind = PricedKind | 'min' | 'max'
export type RangeKind = 'clock' | 'dates' | 'energy' | 'power' | 'current' | 'duration'

const range =
  (both: (from: string, to: string) => string, from: (from: string) => string, to: (to: string) => string) =>
  (low: string | undefined, high: string | undefined): string =>
    low === undefined ? to(high!) : high === undefined ? from(low) : both(low, high)

export const englishWords: TariffWords = {
  locale: 'en-GB',
  price: {
    energy: (price) => `${price} per kWh`,
    time: (price) => `${price} per minute of charging`,
    parking: (price) => `${price} per minute plugged in without charging`,
    start: (price) => `${price} per charge`,
    'reservation-fee': (price) => `${price} per reservation`,
    'reservation-time': (price) => `${price} per minute of reservation`,
    'expiry-fee': (price) => `${price} if a reservation expires unused`,
    'expiry-time': (price) => `${price} per reserved minute if the reservation expires unused`,
    min: (price) => `at least ${price} per charge`,
    max: (price) => `never more than ${price} per charge`,
  },
  free: {
    energy: 'energy is free',
    time: 'charging time is free',
    parking: 'parking time is free',
    start: 'no start fee',
    'reservation-fee': 'no reservation fee',
    'reservation-time': 'reservation time is free',
    'expiry-fee': 'no fee if a reservation expires unused',
    'expiry-time': 'reserved time is free if the reservation expires unused',
  },
  freeOfCharge: 'free of charge',
  vat: (percent) => (percent === undefined ? 'no VAT' : `incl. ${percent}% VAT`),
  step: (block) => `billed per ${block}`,
  otherwise: 'otherwise',
  ranges: {
    clock: range(
      (from, to) => `from ${from} to ${to}`,
      (from) => `from ${from}`,
      (to) => `until ${to}`,
    ),
    dates: range(
      (from, to) => `from ${from} until before ${to}`,
      (from) => `from ${from} on`,
      (to) => `before ${to}`,
    ),
    energy: range(
      (from, to) => `from ${from} to ${to}`,
      (from) => `beyond ${from}`,
      (to) => `for the first ${to}`,
    ),
    power: range(
      (from, to) => `at ${from} or more but less than ${to}`,
      (from) => `at ${from} or more`,
      (to) => `at less than ${to}`,
    ),
    current: range(
      (from, to) => `at ${from} or more but less than ${to}`,
      (from) => `at ${from} or more`,
      (to) => `at less than ${to}`,
    ),
    duration: range(
      (from, to) => `after ${from} and up to ${to}`,
      (from) => `after ${from}`,
      (to) => `for the first ${to}`,
    ),
  },
  days: (names) => `on ${names.join(', ')}`,
  dayRun: (first, last) => `${first} to ${last}`,
  and: ', ',
}

export const frenchWords: TariffWords = {
  locale: 'fr',
  price: {
    energy: (price) => `${price} par kWh`,
    time: (price) => `${price} par minute de charge`,
    parking: (price) => `${price} par minute branché sans charger`,
    start: (price) => `${price} par charge`,
    'reservation-fee': (price) => `${price} par réservation`,
    'reservation-time': (price) => `${price} par minute de réservation`,
    'expiry-fee': (price) => `${price} si une réservation expire sans être utilisée`,
    'expiry-time': (price) => `${price} par minute réservée si la réservation expire sans être utilisée`,
    min: (price) => `au moins ${price} par charge`,
    max: (price) => `jamais plus de ${price} par charge`,
  },
  free: {
    energy: 'énergie gratuite',
    time: 'temps de charge gratuit',
    parking: 'stationnement gratuit',
    start: 'sans frais de démarrage',
    'reservation-fee': 'sans frais de réservation',
    'reservation-time': 'temps de réservation gratuit',
    'expiry-fee': 'sans frais si une réservation expire sans être utilisée',
    'expiry-time': 'temps réservé gratuit si la réservation expire sans être utilisée',
  },
  freeOfCharge: 'gratuit',
  vat: (percent) => (percent === undefined ? 'sans TVA' : `TVA ${percent}\u00a0% incluse`),
  step: (block) => `facturé par tranche de ${block}`,
  otherwise: 'sinon',
  ranges: {
    clock: range(
      (from, to) => `de ${from} à ${to}`,
      (from) => `à partir de ${from}`,
      (to) => `jusqu’à ${to}`,
    ),
    dates: range(
      (from, to) => `du ${from} jusqu’avant le ${to}`,
      (from) => `à partir du ${from}`,
      (to) => `avant le ${to}`,
    ),
    energy: range(
      (from, to) => `de ${from} à ${to}`,
      (from) => `au-delà de ${from}`,
      (to) => `jusqu’à ${to}`,
    ),
    power: range(
      (from, to) => `à ${from} ou plus, mais moins de ${to}`,
      (from) => `à ${from} ou plus`,
      (to) => `à moins de ${to}`,
    ),
    current: range(
      (from, to) => `à ${from} ou plus, mais moins de ${to}`,
      (from) => `à ${from} ou plus`,
      (to) => `à moins de ${to}`,
    ),
    duration: range(
      (from, to) => `après ${from} et jusqu’à ${to}`,
      (from) => `après ${from}`,
      (to) => `jusqu’à ${to} de session`,
    ),
  },
  days: (names) => names.join(', '),
  dayRun: (first, last) => `du ${first} au ${last}`,
  and: ', ',
}
