import { type CompiledTariff, compileTariff, type Phase } from './compile.ts'
import { priceTally } from './cost.ts'
import { type LocalTime, localTimeOf } from './local-time.ts'
import { badSession } from './refusal.ts'
import {
  createSampleReader,
  loadsOfPeriods,
  type MeterSample,
  type Reservation,
  readTime,
  type SessionPeriod,
} from './session-input.ts'
import type { SessionPrice } from './session-price.ts'
import { createTally, type SessionTally, type Tally } from './tally.ts'
import type { Tariff } from './tariff.ts'

/** A session to be priced: by meter samples or by charging periods; by neither, a reservation that expired. */
export interface PriceableSession {
  readonly tariff: Tariff
  /** IANA zone of the location (OCPI Location.time_zone): the clock of the tariff's restrictions. */
  readonly timeZone: string
  readonly samples?: readonly MeterSample[]
  readonly periods?: readonly SessionPeriod[]
  readonly reservation?: Reservation
}

/**
 * The price of a session under an OCPI tariff. Pure: the same figures give the same price, on every machine.
 *
 * @throws WerenodeError `not-computable` or `invalid-input`; see parseTariff, MeterSample and SessionPeriod.
 *
 * @example
 * priceSession({ tariff, timeZone: 'Europe/Paris', samples: [
 *   { at: new Date('2026-11-22T09:00:00Z'), energyWh: 1_204_500 },
 *   { at: new Date('2026-11-22T10:00:00Z'), energyWh: 1_224_500 },
 * ] }).totalInclVatMicro // 5_500_000n at 0.25 EUR/kWh + 10 % VAT
 */
export const priceSession = (session: PriceableSession): SessionPrice => {
  const compiled = compileTariff(session.tariff)
  const zone = localTimeOf(session.timeZone)
  const charge = tallyCharge(compiled.charge, zone, session)
  const reservation = session.reservation && tallyReservation(compiled, zone, session.reservation, charge)
  if (charge === undefined && reservation === undefined)
    throw badSession(
      'samples',
      'there is nothing to price',
      'Give at least one meter sample, one period or an expired reservation.',
    )
  return priceTally({ compiled, charge, reservation })
}

const tallyCharge = (phase: Phase, zone: LocalTime, { samples, periods }: PriceableSession): Tally | undefined => {
  if (samples !== undefined && periods !== undefined)
    throw badSession('periods', 'samples and periods are both given', 'Give one of them.')
  if (periods !== undefined && periods.length > 0) {
    const loads = loadsOfPeriods(periods, phase.looksAtCurrent)
    const tally = createTally(phase, zone, loads[0]!.startMs)
    for (const load of loads) tally.add(load)
    return tally.read()
  }
  if (samples === undefined || samples.length === 0) return undefined
  const reader = createSampleReader(phase.looksAtCurrent)
  const tally = createTally(phase, zone, readTime(samples[0]!.at, 'samples[0].at'))
  for (const sample of samples) {
    const load = reader.add(sample)
    if (load !== undefined) tally.add(load)
  }
  return tally.read()
}

/** Reservation time is counted, stepped and charged apart from the charge (mod_tariffs, reservation examples). */
export const tallyReservation = (
  compiled: CompiledTariff,
  zone: LocalTime,
  { startAt, endAt, expired = false }: Reservation,
  charge: Pick<Tally, 'startMs'> | undefined,
): NonNullable<SessionTally['reservation']> => {
  const startMs = readTime(startAt, 'reservation.startAt')
  const endMs = readTime(endAt, 'reservation.endAt')
  if (endMs < startMs) throw badSession('reservation.endAt', 'it is before startAt')
  if (expired && charge !== undefined)
    throw badSession('reservation.expired', 'a reservation that was followed by a charge has not expired')
  if (charge !== undefined && endMs > charge.startMs)
    throw badSession('reservation.endAt', 'a reservation ends at the latest when the charge begins')
  const tally = createTally(expired ? compiled.expired : compiled.reserved, zone, startMs)
  tally.add({ startMs, endMs, fromDWh: 0, toDWh: 0, state: 'charging', powerW: 0, currentA: 0 })
  return { ...tally.read(), expired }
}
