import type { Tariff } from '@werenode/core'
import type { Charge } from '../charges/charge.ts'
import { priceShape, type Shape, shapeOf, type Tariffs, tariffOf } from './price-charge.ts'

/** The same charges, each begun at this hour of its own day. */
export interface HourPrice {
  readonly hour: number
  readonly costMicro: bigint
}

export interface OtherHours {
  /** Charges that were priced. */
  readonly count: number
  /** What they cost at the hours at which they began, by the same engine. */
  readonly actualMicro: bigint
  readonly hours: readonly HourPrice[]
  readonly cheapest: HourPrice | undefined
  /** Whether the hour makes any difference. */
  readonly matters: boolean
}

/** Kinds of plugs (tariff and power) that are compared at most. */
const mostPlugs = 12
/** At most this many are priced anew, newest first: twenty-five prices each. */
const mostCharges = 400
const hourMs = 3_600_000

/** What another hour would have cost: real tariffs, the same energy, the same speed. */
export const otherHours = (charges: readonly Charge[], tariffs: Tariffs, most = mostCharges): OtherHours => {
  const totals = Array.from({ length: 24 }, () => 0n)
  let actualMicro = 0n
  let count = 0
  for (const { charge, shape, tariff } of priceable(charges, tariffs, most)) {
    const now = priceShape(shape, tariff, charge.timeZone)
    const moved = hoursOf(tariff)
      ? totals.map((_, hour) => priceShape(atHour(shape, charge.local.hour, hour), tariff, charge.timeZone))
      : totals.map(() => now)
    if (!now || moved.some((price) => price === undefined)) continue
    count += 1
    actualMicro += now.totalInclVatMicro
    for (const [hour, price] of moved.entries()) totals[hour]! += price!.totalInclVatMicro
  }
  const hours = count === 0 ? [] : totals.map((costMicro, hour) => ({ hour, costMicro }))
  const cheapest = hours.reduce<HourPrice | undefined>(
    (best, one) => (best === undefined || one.costMicro < best.costMicro ? one : best),
    undefined,
  )
  return {
    count,
    actualMicro,
    hours,
    cheapest,
    matters: hours.some(({ costMicro }) => costMicro !== hours[0]!.costMicro),
  }
}

/** The same energy at a plug of another tariff that this driver has used. */
export interface PlugPrice {
  readonly tariffHash: string
  /** A place where this driver met it. */
  readonly place: string
  readonly maxPowerW: number
  readonly costMicro: bigint
  /** How long they would have taken in all. */
  readonly chargingSeconds: number
}

export interface OtherPlugs {
  readonly count: number
  readonly actualMicro: bigint
  /** The cheapest first. */
  readonly plugs: readonly PlugPrice[]
}

/** What other plugs one knows would have cost. A slower plug takes longer, and its price per minute counts for longer. */
export const otherPlugs = (
  charges: readonly Charge[],
  tariffs: Tariffs,
  known: readonly Charge[],
  most = 100,
): OtherPlugs => {
  const met = new Map<string, { tariff: Tariff; place: string; maxPowerW: number; tariffHash: string }>()
  for (const { tariffHash, maxPowerW, place } of known) {
    const key = `${tariffHash} ${maxPowerW}`
    if (met.has(key) || met.size >= mostPlugs) continue
    const tariff = tariffOf(tariffs, tariffHash)
    if (tariff) met.set(key, { tariff, place, maxPowerW, tariffHash })
  }
  const sums = new Map([...met.keys()].map((key) => [key, { costMicro: 0n, chargingSeconds: 0, failed: false }]))
  let actualMicro = 0n
  let count = 0
  for (const { charge, shape, tariff } of priceable(charges, tariffs, most)) {
    const now = priceShape(shape, tariff, charge.timeZone)
    if (!now) continue
    count += 1
    actualMicro += now.totalInclVatMicro
    for (const [key, other] of met) {
      const sum = sums.get(key)!
      const there = atPlug(shape, other.maxPowerW)
      const price = priceShape(there, other.tariff, charge.timeZone)
      if (!price) sum.failed = true
      else {
        sum.costMicro += price.totalInclVatMicro
        sum.chargingSeconds += there.chargingSeconds
      }
    }
  }
  const plugs = [...met].flatMap(([key, { tariffHash, place, maxPowerW }]) => {
    const { failed, costMicro, chargingSeconds } = sums.get(key)!
    return failed || count === 0 ? [] : [{ tariffHash, place, maxPowerW, costMicro, chargingSeconds }]
  })
  return {
    count,
    actualMicro,
    // Plugs of one tariff that come to the same are one line.
    plugs: plugs
      .filter(
        ({ tariffHash, costMicro }, index) =>
          plugs.findIndex((other) => other.tariffHash === tariffHash && other.costMicro === costMicro) === index,
      )
      .sort((a, b) => (a.costMicro < b.costMicro ? -1 : a.costMicro > b.costMicro ? 1 : 0)),
  }
}

function* priceable(charges: readonly Charge[], tariffs: Tariffs, most: number) {
  let taken = 0
  for (const charge of charges) {
    if (taken >= most) return
    const shape = shapeOf(charge)
    const tariff = tariffOf(tariffs, charge.tariffHash)
    if (!shape || !tariff || charge.energyWh <= 0) continue
    taken += 1
    yield { charge, shape, tariff }
  }
}

/** Whether an hour can change the price. */
const hoursOf = (tariff: Tariff): boolean =>
  tariff.elements.some(
    ({ restrictions }) =>
      restrictions?.start_time !== undefined ||
      restrictions?.end_time !== undefined ||
      restrictions?.day_of_week !== undefined ||
      restrictions?.start_date !== undefined ||
      restrictions?.end_date !== undefined,
  )

const atHour = (shape: Shape, began: number, hour: number): Shape => ({
  ...shape,
  startAt: new Date(shape.startAt.getTime() + (hour - began) * hourMs),
})

/** Never faster than the car was, never faster than the plug is. */
const atPlug = (shape: Shape, maxPowerW: number): Shape => ({
  ...shape,
  chargingSeconds: Math.max(shape.chargingSeconds, Math.ceil((shape.energyWh * 3600) / maxPowerW)),
})
