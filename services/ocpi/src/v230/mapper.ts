import { compact, cut, decimals4 } from '../model/map-context.ts'
import type {
  Cdr,
  FinancialAdvice,
  Location,
  PartyRef,
  Price,
  Session,
  Tariff,
  TaxAmount,
  Terminal,
  Token,
} from '../model/model.ts'
import { priceFields } from '../model/model.ts'
import type { VersionMapper } from '../versions/version.ts'
import * as bookings from './bookings.ts'
import * as objects from './objects.ts'
import * as payments from './payments.ts'

type Wire = Record<string, unknown>

/** OCPI 2.3.0: prices are split into before_taxes and taxes, tariffs say whether taxes are included. */
export const mapper230: VersionMapper = {
  locations: {
    schema: objects.location,
    fromWire: (wire) => wire as unknown as Location,
    toWire: (location) => location,
  },
  tariffs: {
    schema: objects.tariff,
    fromWire: (wire) => tariffFrom230(wire),
    toWire: (tariff) => tariffTo230(tariff),
  },
  sessions: {
    schema: objects.session,
    fromWire: (wire) => compact({ ...wire, total_cost: priceFrom230(wire.total_cost) }) as unknown as Session,
    toWire: (session) =>
      compact({ ...session, kwh: decimals4(session.kwh), total_cost: priceTo230(session.total_cost) }),
  },
  cdrs: {
    schema: objects.cdr,
    fromWire: (wire) => {
      const cdr: Wire = { ...wire }
      for (const field of priceFields) if (wire[field] !== undefined) cdr[field] = priceFrom230(wire[field])
      if (Array.isArray(wire.tariffs)) cdr.tariffs = wire.tariffs.map(tariffFrom230)
      return cdr as unknown as Cdr
    },
    toWire: (cdr) => cdrTo230(cdr),
  },
  tokens: {
    schema: objects.token,
    fromWire: (wire) => wire as unknown as Token,
    toWire: (token) => token,
  },
  hubclientinfo: {
    schema: objects.clientInfo,
    fromWire: (wire) => wire as never,
    toWire: (info) => info,
  },
  invoicereconciliation: {
    schema: objects.invoiceReconciliation,
    fromWire: (wire) => wire as never,
    toWire: (record) => record,
  },
  terminals: {
    schema: payments.terminal,
    fromWire: (wire, { owner }) => {
      const terminal = wire as unknown as Terminal['terminal']
      return { ...partyOf(owner), id: terminal.terminal_id, last_updated: terminal.last_updated, terminal }
    },
    toWire: ({ terminal }) => terminal,
  },
  financialadvices: {
    schema: payments.financialAdvice,
    fromWire: (wire, { owner }) => {
      const advice = wire as unknown as FinancialAdvice['advice']
      return { ...partyOf(owner), id: advice.id, last_updated: advice.last_updated, advice }
    },
    toWire: ({ advice }) => advice,
  },
  bookinglocations: {
    schema: bookings.bookingLocation,
    fromWire: (wire) => wire as never,
    toWire: (location) => location,
  },
  bookings: {
    schema: bookings.booking,
    fromWire: (wire) => wire as never,
    toWire: (booking) => booking,
  },
}

const partyOf = ({ country_code, party_id }: PartyRef): PartyRef => ({ country_code, party_id })

/** types, Price: the sum of the taxes is what 2.2.1 calls the VAT. */
export const priceFrom230 = (value: unknown): Price | undefined => {
  if (value === undefined) return undefined
  const { before_taxes, taxes } = value as { before_taxes: number; taxes?: readonly TaxAmount[] }
  if (taxes === undefined) return { excl_vat: before_taxes }
  const sum = taxes.reduce((total, tax) => total + tax.amount, 0)
  return { excl_vat: before_taxes, incl_vat: decimals4(before_taxes + sum), taxes }
}

export const priceTo230 = (price: Price | undefined): Wire | undefined => {
  if (price === undefined) return undefined
  const { excl_vat, incl_vat, taxes } = price
  if (taxes !== undefined) return { before_taxes: excl_vat, taxes }
  if (incl_vat === undefined) return { before_taxes: excl_vat }
  return { before_taxes: excl_vat, taxes: [{ name: 'VAT', amount: decimals4(incl_vat - excl_vat) }] }
}

interface Limit230 {
  readonly before_taxes: number
  readonly after_taxes?: number
}
const limitFrom = (value: unknown): Price | undefined => {
  const limit = value as Limit230 | undefined
  return limit && compact({ excl_vat: limit.before_taxes, incl_vat: limit.after_taxes as number })
}
const limitTo = (limit: Price | undefined): Limit230 | undefined =>
  limit && compact({ before_taxes: limit.excl_vat, after_taxes: limit.incl_vat as number })

const tariffFrom230 = (wire: Wire): Tariff =>
  compact({ ...wire, min_price: limitFrom(wire.min_price), max_price: limitFrom(wire.max_price) }) as unknown as Tariff

const tariffTo230 = (tariff: Tariff): Wire =>
  compact({
    ...tariff,
    min_price: limitTo(tariff.min_price),
    max_price: limitTo(tariff.max_price),
    tax_included: tariff.tax_included ?? (tariff.elements.some(hasVat) ? 'NO' : 'N/A'),
  })

/** In 2.2.1 an absent `vat` says that no VAT applies; in 2.3.0 that is said once, by N/A. */
const hasVat = (element: Tariff['elements'][number]): boolean =>
  element.price_components.some(({ vat }) => vat !== undefined)

const cdrTo230 = (cdr: Cdr): Wire => {
  const wire: Wire = {
    ...cdr,
    cdr_location: {
      ...cdr.cdr_location,
      address: cut(cdr.cdr_location.address, 45),
      city: cut(cdr.cdr_location.city, 45),
      ...(cdr.cdr_location.state === undefined ? {} : { state: cut(cdr.cdr_location.state, 20) }),
    },
  }
  for (const field of priceFields) if (cdr[field] !== undefined) wire[field] = priceTo230(cdr[field])
  if (cdr.tariffs !== undefined) wire.tariffs = cdr.tariffs.map(tariffTo230)
  return wire
}
