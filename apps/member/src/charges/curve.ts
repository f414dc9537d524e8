import type { MeterSample } from '@werenode/core'
import type { SessionEvent } from '@werenode/sdk'

/** A reading of a charge as its live stream told it. */
export interface Point {
  /** ms since 1970, by the meter. */
  readonly at: number
  readonly energyWh: number
  readonly powerW: number
  readonly costMicro: bigint
  readonly state: 'charging' | 'parking' | 'suspended'
}

/** Adds what an event tells; other events change nothing. A reading that came twice, or late, is put in its place once. */
export const withEvent = (points: readonly Point[], event: SessionEvent): readonly Point[] => {
  if (event.type !== 'session.meter') return points
  const { meterAt, energyWh, powerW, costMicro, suspended } = event.data
  const point: Point = {
    at: Date.parse(meterAt),
    energyWh,
    powerW: powerW ?? 0,
    costMicro: BigInt(costMicro),
    state: suspended === 'EV' ? 'parking' : suspended === 'EVSE' ? 'suspended' : 'charging',
  }
  const last = points.at(-1)
  if (last === undefined || point.at > last.at) return [...points, point]
  const others = points.filter(({ at }) => at !== point.at)
  return [...others, point].sort((a, b) => a.at - b.at)
}

/** What the meter said from start to end, for the engine: the register never falls. */
export const samplesOf = (
  points: readonly Point[],
  ends: { readonly startedAt: string; readonly endedAt: string; readonly energyWh: number },
): readonly MeterSample[] => {
  const startMs = Date.parse(ends.startedAt)
  const endMs = Date.parse(ends.endedAt)
  const samples: MeterSample[] = [{ at: new Date(startMs), energyWh: 0, state: 'charging' }]
  let reached = 0
  for (const { at, energyWh, state } of points) {
    if (at <= startMs || at >= endMs || energyWh < reached || energyWh > ends.energyWh) continue
    reached = energyWh
    samples.push({ at: new Date(at), energyWh, state })
  }
  samples.push({ at: new Date(Math.max(endMs, startMs)), energyWh: ends.energyWh })
  return samples
}
