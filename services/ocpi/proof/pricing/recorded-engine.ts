import { createHash } from 'node:crypto'
import type { OtherEngine, OtherPrice } from './other-engine.ts'

/** What the other engine said of CDRs, by what it was asked: as a file of the repository, for machines without that engine. */
export interface Recording {
  readonly engine: string
  readonly seed: number
  readonly cases: number
  /** Total, energy, time, parking and fixed cost, each net and gross; kWh; seconds of all and of parking. */
  readonly prices: Readonly<Record<string, readonly number[]>>
}

const keyOf = (cdr: object, timeZone: string, version: string): string =>
  createHash('sha256')
    .update(JSON.stringify([cdr, timeZone, version]))
    .digest('hex')
    .slice(0, 16)

/** Answers from a recording. @throws Error for a CDR that is not in it: the CDRs have changed, and it wants to be made again. */
export const recordedEngine = ({ engine, prices }: Recording): OtherEngine => ({
  name: engine,
  price: async (cdr, timeZone, version) => {
    const found = prices[keyOf(cdr, timeZone, version)]
    if (found === undefined)
      throw new Error('The recording knows no such CDR. Make it again: node services/ocpi/proof/pricing/record.ts')
    const [totalExcl, totalIncl, energyExcl, energyIncl, timeExcl, timeIncl, parkingExcl, parkingIncl] = found
    const [fixedExcl, fixedIncl, energyKWh, totalSeconds, parkingSeconds] = found.slice(8)
    return {
      total: { excl: totalExcl!, incl: totalIncl! },
      energy: { excl: energyExcl!, incl: energyIncl! },
      time: { excl: timeExcl!, incl: timeIncl! },
      parking: { excl: parkingExcl!, incl: parkingIncl! },
      fixed: { excl: fixedExcl!, incl: fixedIncl! },
      energyKWh: energyKWh!,
      totalSeconds: totalSeconds!,
      parkingSeconds: parkingSeconds!,
    }
  },
  close: () => {},
})

/** Asks an engine and writes down what it says. */
export const recording = (other: OtherEngine) => {
  const prices: Record<string, readonly number[]> = {}
  const rowOf = ({ total, energy, time, parking, fixed, energyKWh, totalSeconds, parkingSeconds }: OtherPrice) => [
    ...[total, energy, time, parking, fixed].flatMap(({ excl, incl }) => [excl, incl]),
    energyKWh,
    totalSeconds,
    parkingSeconds,
  ]
  const engine: OtherEngine = {
    ...other,
    price: async (cdr, timeZone, version) => {
      const price = await other.price(cdr, timeZone, version)
      prices[keyOf(cdr, timeZone, version)] = rowOf(price)
      return price
    },
  }
  return { engine, prices }
}
