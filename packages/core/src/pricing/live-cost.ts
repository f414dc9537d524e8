import { compileTariff } from './compile.ts'
import { priceTally } from './cost.ts'
import { localTimeOf } from './local-time.ts'
import { tallyReservation } from './price-session.ts'
import { badSession } from './refusal.ts'
import { createSampleReader, type MeterSample, type Reservation, readTime } from './session-input.ts'
import type { SessionPrice } from './session-price.ts'
import { createTally, type Tallying } from './tally.ts'
import type { Tariff } from './tariff.ts'

/** The cost of a running session. After any sample, `price()` is what the session costs if it ends there. */
export interface LiveCost {
  /**
   * Counts the consumption up to this sample.
   * @throws WerenodeError `invalid-input` for a sample that runs backwards; what was counted before stays as it was.
   */
  readonly add: (sample: MeterSample) => void
  /** Equals priceSession of all samples so far. @throws WerenodeError `invalid-input` before the first sample. */
  readonly price: () => SessionPrice
}

export const createLiveCost = (
  tariff: Tariff,
  timeZone: string,
  { reservation }: { readonly reservation?: Reservation } = {},
): LiveCost => {
  const compiled = compileTariff(tariff)
  const zone = localTimeOf(timeZone)
  const reader = createSampleReader(compiled.charge.looksAtCurrent)
  let charge: Tallying | undefined
  let reserved: ReturnType<typeof tallyReservation> | undefined
  return {
    add: (sample) => {
      if (charge === undefined) {
        const startMs = readTime(sample.at, 'samples[0].at')
        if (reservation !== undefined) reserved = tallyReservation(compiled, zone, reservation, { startMs })
        reader.add(sample)
        charge = createTally(compiled.charge, zone, startMs)
        return
      }
      const load = reader.add(sample)
      if (load !== undefined) charge.add(load)
    },
    price: () => {
      if (charge === undefined) throw badSession('samples', 'no sample was counted yet')
      return priceTally({ compiled, charge: charge.read(), reservation: reserved })
    },
  }
}
