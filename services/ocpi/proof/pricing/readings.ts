import type { SessionPrice, Tariff, TariffDimension } from '@werenode/core'
import type { Money } from './other-engine.ts'

/** Where the other engine reads OCPI 2.2.1 otherwise than we do. Each names the clause by which we do. */
export const readings = {
  'step_size counts what no element prices':
    'mod_tariffs, "Example: switching to Free-of-Charge Tariff Element": the billable time is rounded, not all time',
  'a volume of 0 is a use':
    'mod_tariffs, "Example: switching to different Tariff Element #2": the last element being used',
  'limits bind net and gross together, by the net amount':
    'mod_tariffs, Tariff object, notes of min_price and max_price: each amount has its own limit',
  'min_price lifts no session in which nothing had a price':
    'mod_tariffs, Tariff object, min_price: a session with this tariff costs at least this amount',
  'end_time 00:00 alone is never': 'mod_tariffs, TariffRestrictions, end_time: 00:00 is the end of the day',
} as const
export type Reading = keyof typeof readings

export interface Amounts {
  readonly total: Money
  readonly energy: Money
  readonly time: Money
  readonly parking: Money
  readonly fixed: Money
}
export interface SentPeriod {
  readonly start_date_time: string
  readonly dimensions: readonly { readonly type: string; readonly volume: number }[]
}

/** A tariff in which elements that end at 00:00 without beginning later never apply. */
export const withoutEndOfDay = (tariff: Tariff): Tariff => ({
  ...tariff,
  elements: tariff.elements.map((element) => {
    const { start_time = '00:00', end_time } = element.restrictions ?? {}
    return end_time === '00:00' && start_time === '00:00'
      ? { ...element, restrictions: { ...element.restrictions, max_kwh: 0 } }
      : element
  }),
})

/**
 * What a CDR costs when it is read in some of these other ways: from its periods alone, in whole numbers, apart from our engine, of which
 * only the elements in force are taken. With no reading it is what our engine says, or one of the two is wrong.
 */
export const amountsAsRead = (
  tariff: Tariff,
  price: SessionPrice,
  sent: readonly SentPeriod[],
  read: ReadonlySet<Reading>,
): Amounts => {
  const elementAt = (start: string, dimension: TariffDimension): number | undefined =>
    price.periods.findLast(({ startAt }) => startAt.getTime() <= Date.parse(start))?.elements[dimension]
  const zeroCounts = read.has('a volume of 0 is a use')
  const componentOf = (element: number, dimension: TariffDimension) =>
    tariff.elements[element]!.price_components.find(({ type }) => type === dimension)!

  const measured = (dimension: 'ENERGY' | 'TIME' | 'PARKING_TIME') => {
    const volumes = new Map<number, number>()
    let all = 0
    let last: number | undefined
    for (const { start_date_time, dimensions } of sent) {
      const found = dimensions.find(({ type }) => type === dimension)
      if (found === undefined || (found.volume === 0 && !zeroCounts)) continue
      const volume = Math.round(found.volume * perUnit[dimension])
      all += volume
      const element = elementAt(start_date_time, dimension)
      if (element === undefined) continue
      volumes.set(element, (volumes.get(element) ?? 0) + volume)
      last = element
    }
    return { volumes, all, last }
  }
  const stepped = (
    { volumes, all, last }: ReturnType<typeof measured>,
    dimension: 'ENERGY' | 'TIME' | 'PARKING_TIME',
  ) => {
    const step = last === undefined ? 0 : componentOf(last, dimension).step_size * perStep[dimension]
    if (step === 0) return volumes
    const priced = [...volumes.values()].reduce((sum, volume) => sum + volume, 0)
    const total = read.has('step_size counts what no element prices') ? all : priced
    return volumes.set(last!, volumes.get(last!)! + Math.ceil(total / step) * step - total)
  }
  const cost = (volumes: ReadonlyMap<number, number>, dimension: TariffDimension): Exactly => {
    const sum = { excl: 0n, incl: 0n }
    for (const [element, volume] of volumes) {
      const { price: amount, vat = 0 } = componentOf(element, dimension)
      const excl = BigInt(Math.round(amount * 10_000)) * BigInt(volume) * perVolume[dimension]
      sum.excl += excl * 1_000n
      sum.incl += excl * BigInt(1_000 + Math.round(vat * 10))
    }
    return sum
  }

  const [energy, time, parking] = [measured('ENERGY'), measured('TIME'), measured('PARKING_TIME')]
  const measures = [energy, time, parking]
  const flat = sent.map(({ start_date_time }) => elementAt(start_date_time, 'FLAT')).find((one) => one !== undefined)
  const parts = {
    energy: cost(stepped(energy, 'ENERGY'), 'ENERGY'),
    time: cost(parking.last === undefined ? stepped(time, 'TIME') : time.volumes, 'TIME'),
    parking: cost(stepped(parking, 'PARKING_TIME'), 'PARKING_TIME'),
    fixed: cost(new Map(flat === undefined ? [] : [[flat, 1]]), 'FLAT'),
  }
  const sum = Object.values(parts).reduce((a, b) => ({ excl: a.excl + b.excl, incl: a.incl + b.incl }))
  const nothing = flat === undefined && measures.every(({ last }) => last === undefined)
  const free = nothing && read.has('min_price lifts no session in which nothing had a price')
  const total = free ? sum : limited(tariff, sum, read.has('limits bind net and gross together, by the net amount'))
  return {
    total: money(total),
    energy: money(parts.energy),
    time: money(parts.time),
    parking: money(parts.parking),
    fixed: money(parts.fixed),
  }
}

interface Exactly {
  readonly excl: bigint
  readonly incl: bigint
}
/** Units of a volume in OCPI's: tenths of a Wh in a kWh, milliseconds in an hour. */
const perUnit = { ENERGY: 10_000, TIME: 3_600_000, PARKING_TIME: 3_600_000 } as const
const perStep = { ENERGY: 10, TIME: 1_000, PARKING_TIME: 1_000 } as const
/** Makes every amount a numerator over `one`: ten-thousandths of the currency, by milliseconds of an hour, by thousandths of VAT. */
const perVolume = { ENERGY: 360n, TIME: 1n, PARKING_TIME: 1n, FLAT: 3_600_000n } as const
const one = 10_000n * 3_600_000n * 1_000n

const money = ({ excl, incl }: Exactly): Money => ({ excl: inCurrency(excl), incl: inCurrency(incl) })
/** To 8 decimals: far below what is compared. */
const inCurrency = (amount: bigint): number => Number((amount * 100_000_000n) / one) / 100_000_000

const limited = ({ min_price, max_price }: Tariff, sum: Exactly, together: boolean): Exactly => {
  const exactly = (limit: NonNullable<Tariff['min_price']>): Exactly => ({
    excl: BigInt(Math.round(limit.excl_vat * 10_000)) * 3_600_000_000n,
    incl: BigInt(Math.round((limit.incl_vat ?? limit.excl_vat) * 10_000)) * 3_600_000_000n,
  })
  const least = min_price && exactly(min_price)
  const most = max_price && exactly(max_price)
  if (!together) {
    const bind = (side: 'excl' | 'incl'): bigint => {
      if (most !== undefined && sum[side] > most[side]) return most[side]
      return least !== undefined && sum[side] < least[side] ? least[side] : sum[side]
    }
    return { excl: bind('excl'), incl: bind('incl') }
  }
  const before = (a: Exactly, b: Exactly): boolean => (a.excl === b.excl ? a.incl < b.incl : a.excl < b.excl)
  const lifted = least !== undefined && before(sum, least) ? least : sum
  return most !== undefined && before(most, lifted) ? most : lifted
}
