import { priceSession, type SessionPrice, type Tariff } from '@werenode/core'
import type { Cdr } from '../../src/model/model.ts'
import { type Charge, cdrObject, figuresOf, sessionObject } from '../../src/roaming/bill.ts'
import { versionOf } from '../../src/versions/versions.ts'
import { cdrToken, cpoParty, location } from '../../test/samples.ts'
import type { Money, OtherEngine, OtherPrice } from './other-engine.ts'
import { type Cell, createChance, type RandomCharge, randomCharge } from './random-charge.ts'
import { type Amounts, amountsAsRead, type Reading, readings, type SentPeriod, withoutEndOfDay } from './readings.ts'

/** What came of pricing the same CDRs by two engines. */
export interface Differential {
  readonly cases: number
  readonly agreed: number
  /** Equal to the fourth decimal, all of them; the others of `agreed` differ by one ten-thousandth, from rounding. */
  readonly toTheLast: number
  /** Cases by the reading of the specification that explains them, to the same precision. */
  readonly explained: ReadonlyMap<Reading, number>
  readonly explainedCases: number
  /** What the two say, for people. */
  readonly unexplained: readonly string[]
  readonly kinds: ReadonlyMap<string, number>
}

/**
 * Random tariffs and charges, priced by our engine and by another one. A charge goes to the other engine as the CDR that we send, which
 * holds the periods our engine cut, and once more with the even stretches it was made of, which our engine had no hand in.
 */
export const compareEngines = async (options: {
  other: OtherEngine
  seed: number
  cases: number
  report?: (text: string) => void
}): Promise<Differential> => {
  const { other, seed, cases } = options
  const explained = new Map<Reading, number>()
  const kinds = new Map<string, number>()
  const unexplained: string[] = []
  let [agreed, toTheLast, explainedCases, done] = [0, 0, 0, 0]
  for (let nr = 0; done < cases; nr += 1) {
    const version = nr % 5 === 4 ? '2.1.1' : '2.2.1'
    const charge = randomCharge(createChance(seed + nr), version)
    const { cdr, price } = billed(charge)
    for (const kind of ['as we send it', 'in even stretches'] as const) {
      if (done >= cases) break
      done += 1
      kinds.set(`${version} ${kind}`, (kinds.get(`${version} ${kind}`) ?? 0) + 1)
      const sent = kind === 'as we send it' ? cdr.charging_periods : periodsOf(charge)
      const theirs = await other.price(
        wireOf({ ...cdr, charging_periods: sent as never }, version),
        charge.timeZone,
        version,
      )
      const ours = amountsOf(price, cdr)
      const withGross = version === '2.2.1'
      const recalculated = amountsAsRead(charge.tariff, price, sent, new Set())
      // An explanation is of our figures: where the CDR, read our way, does not come to them, nothing explains them.
      const sound = sameVolumes(cdr, theirs) && agree(ours, recalculated, withGross)
      if (sound && agree(ours, theirs, withGross)) {
        agreed += 1
        if (agree(ours, theirs, withGross, 0)) toTheLast += 1
        continue
      }
      const why = sound ? explanationOf(charge, price, sent, theirs, withGross) : undefined
      if (why === undefined)
        unexplained.push(
          JSON.stringify({ seed: seed + nr, version, kind, ours, recalculated, theirs, tariff: charge.tariff, sent }),
        )
      else {
        explainedCases += 1
        for (const reading of why) explained.set(reading, (explained.get(reading) ?? 0) + 1)
      }
    }
  }
  return { cases: done, agreed, toTheLast, explained, explainedCases, unexplained, kinds }
}

/** The CDR by the code that writes those of our charges. */
const billed = ({ tariff, timeZone, samples }: RandomCharge): { cdr: Cdr; price: SessionPrice } => {
  const place = location()
  const charge: Charge = {
    id: 'CHARGE',
    token: cdrToken,
    authMethod: 'WHITELIST',
    locationId: place.id,
    evseUid: place.evses![0]!.uid,
    connectorId: '1',
    tariff,
    timeZone,
    currency: tariff.currency,
  }
  const us = { country_code: cpoParty.country_code, party_id: cpoParty.party_id }
  const at = samples.at(-1)!.at
  const figures = figuresOf(charge, samples)
  const session = sessionObject(charge, us, { samples, status: 'COMPLETED', figures, at })
  return {
    cdr: cdrObject(charge, us, { session, figures, location: place, at }),
    price: priceSession({ tariff, timeZone, samples }),
  }
}

const wireOf = (cdr: Cdr, version: '2.1.1' | '2.2.1'): object => {
  const us = { country_code: cpoParty.country_code, party_id: cpoParty.party_id }
  return versionOf(version).mapper.cdrs!.toWire(cdr as never, { owner: us, holder: us, location: location() })
}

/** mod_cdrs, ChargingPeriod: what was taken in each even stretch. Volumes of 0 only where there is nothing else to say. */
const periodsOf = ({ cells, tariff }: RandomCharge): SentPeriod[] => {
  const looksAt = (what: 'power' | 'current'): boolean =>
    tariff.elements.some(({ restrictions = {} }) => `min_${what}` in restrictions || `max_${what}` in restrictions)
  const level = (name: string, volume: number) => [
    { type: `MIN_${name}`, volume },
    { type: `MAX_${name}`, volume },
  ]
  return cells.map(({ startMs, endMs, energyWh, state, powerW, currentA }: Cell) => {
    const hours = Math.round((endMs - startMs) / 360) / 10_000
    return {
      start_date_time: new Date(startMs).toISOString(),
      dimensions: [
        ...(energyWh > 0 || state === 'suspended' ? [{ type: 'ENERGY', volume: energyWh / 1_000 }] : []),
        ...(state === 'charging' ? [{ type: 'TIME', volume: hours }] : []),
        ...(state === 'parking' ? [{ type: 'PARKING_TIME', volume: hours }] : []),
        ...(looksAt('power') ? level('POWER', powerW / 1_000) : []),
        ...(looksAt('current') ? level('CURRENT', currentA) : []),
      ],
    }
  })
}

const amountsOf = ({ costs }: SessionPrice, { total_cost }: Cdr): Amounts => {
  const money = ({ exclVatMicro, inclVatMicro }: SessionPrice['costs']['ENERGY']): Money => ({
    excl: Number(exclVatMicro) / 1_000_000,
    incl: Number(inclVatMicro) / 1_000_000,
  })
  return {
    total: { excl: total_cost.excl_vat, incl: total_cost.incl_vat ?? total_cost.excl_vat },
    energy: money(costs.ENERGY),
    time: money(costs.TIME),
    parking: money(costs.PARKING_TIME),
    fixed: money(costs.FLAT),
  }
}

const names = ['total', 'energy', 'time', 'parking', 'fixed'] as const

/** A hundredth of a cent apart at most: both round once, each from its own sum. */
const agree = (ours: Amounts, theirs: Amounts, withGross: boolean, apart = 1): boolean =>
  names.every((name) =>
    (withGross ? (['excl', 'incl'] as const) : (['excl'] as const)).every(
      (side) => Math.abs(inTenThousandths(ours[name][side]) - inTenThousandths(theirs[name][side])) <= apart,
    ),
  )
const inTenThousandths = (amount: number): number => Math.round(amount * 10_000 + Math.sign(amount) * 1e-6)

const sameVolumes = ({ total_energy, total_time, total_parking_time = 0 }: Cdr, theirs: OtherPrice): boolean =>
  Math.abs(total_energy - theirs.energyKWh) < 0.000_05 &&
  Math.abs(total_time * 3_600 - theirs.totalSeconds) <= 0.5 &&
  Math.abs(total_parking_time * 3_600 - theirs.parkingSeconds) <= 0.5

/** The fewest other readings that make our figures theirs. */
const explanationOf = (
  { tariff, timeZone, samples }: RandomCharge,
  price: SessionPrice,
  sent: readonly SentPeriod[],
  theirs: Amounts,
  withGross: boolean,
): readonly Reading[] | undefined => {
  const all = Object.keys(readings) as Reading[]
  const sets = Array.from({ length: 2 ** all.length - 1 }, (_, bits) => all.filter((_, nr) => ((bits + 1) >> nr) & 1))
  let other: { tariff: Tariff; price: SessionPrice } | undefined
  for (const set of sets.sort((a, b) => a.length - b.length)) {
    const read = new Set(set)
    const ends = read.has('end_time 00:00 alone is never')
    if (ends) {
      const changed = other?.tariff ?? withoutEndOfDay(tariff)
      other ??= { tariff: changed, price: priceSession({ tariff: changed, timeZone, samples }) }
    }
    const [byTariff, byPrice] = ends ? [other!.tariff, other!.price] : [tariff, price]
    if (agree(amountsAsRead(byTariff, byPrice, sent, read), theirs, withGross)) return set
  }
  return undefined
}
