import type { Profile } from './profile.ts'

/** What an EVSE may draw from `startS` on, W; undefined where nothing limits it. */
export interface CompositePeriod {
  readonly startS: number
  readonly limitW: number | undefined
}

export interface CompositeQuestion {
  readonly evse: number
  readonly fromMs: number
  readonly durationS: number
  /** When the transaction began; without one, Tx profiles do not count and relative ones begin now. */
  readonly transactionStartMs?: number | undefined
}

/**
 * The limit all profiles make together (OCPP 1.6 §3.13, 2.0.1 K01.FR.06, K08): of each purpose the highest stack level that is valid at
 * the moment, a transaction's own profile instead of the default one, and of what remains the least.
 */
export const compositeSchedule = (
  profiles: readonly Profile[],
  { evse, fromMs, durationS, transactionStartMs }: CompositeQuestion,
): readonly CompositePeriod[] => {
  const concerned = profiles.filter(
    (profile) =>
      (profile.evse === evse || profile.evse === 0) &&
      (profile.purpose !== 'transaction' || transactionStartMs !== undefined),
  )
  const anchorMs = transactionStartMs ?? fromMs
  const untilMs = fromMs + durationS * 1000
  const moments = new Set([fromMs])
  for (const profile of concerned)
    for (const moment of changesOf(profile, anchorMs, fromMs, untilMs))
      if (moment > fromMs && moment < untilMs) moments.add(moment)
  const periods: CompositePeriod[] = []
  for (const moment of [...moments].sort((a, b) => a - b)) {
    const limitW = limitAt(concerned, evse, anchorMs, moment)
    if (periods.length === 0 || periods.at(-1)!.limitW !== limitW)
      periods.push({ startS: (moment - fromMs) / 1000, limitW })
  }
  return periods
}

const limitAt = (profiles: readonly Profile[], evse: number, anchorMs: number, moment: number): number | undefined => {
  const governing = (purpose: Profile['purpose']): number | undefined => {
    const valid = profiles
      .filter((profile) => profile.purpose === purpose)
      .map((profile) => ({ profile, limitW: limitOf(profile, anchorMs, moment) }))
      .filter(({ limitW }) => limitW !== undefined)
      // Of two at one level the EVSE's own is the finer word.
      .sort(
        (a, b) =>
          b.profile.stackLevel - a.profile.stackLevel ||
          Number(b.profile.evse === evse) - Number(a.profile.evse === evse),
      )
    return valid[0]?.limitW
  }
  const limits = [governing('station'), governing('external'), governing('transaction') ?? governing('default')]
  const known = limits.filter((limit) => limit !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

const startOf = (profile: Profile, anchorMs: number): number =>
  profile.kind === 'Relative' ? anchorMs : (profile.startMs ?? anchorMs)

const limitOf = (profile: Profile, anchorMs: number, moment: number): number | undefined => {
  if (moment < (profile.validFromMs ?? moment) || moment >= (profile.validToMs ?? Number.POSITIVE_INFINITY))
    return undefined
  const sinceS = (moment - startOf(profile, anchorMs)) / 1000
  if (sinceS < 0) return undefined
  const offsetS = profile.everyS === undefined ? sinceS : sinceS % profile.everyS
  if (profile.durationS !== undefined && offsetS >= profile.durationS) return undefined
  return profile.periods.findLast(({ startS }) => startS <= offsetS)?.limitW
}

/** Every moment at which what a profile says may change. */
const changesOf = function* (profile: Profile, anchorMs: number, fromMs: number, untilMs: number): Generator<number> {
  if (profile.validFromMs !== undefined) yield profile.validFromMs
  if (profile.validToMs !== undefined) yield profile.validToMs
  const startMs = startOf(profile, anchorMs)
  const everyMs = profile.everyS === undefined ? undefined : profile.everyS * 1000
  const first =
    everyMs === undefined ? startMs : startMs + Math.max(0, Math.floor((fromMs - startMs) / everyMs)) * everyMs
  for (let round = first; round < untilMs; round += everyMs ?? Number.POSITIVE_INFINITY) {
    yield round
    for (const { startS } of profile.periods) yield round + startS * 1000
    if (profile.durationS !== undefined) yield round + profile.durationS * 1000
  }
}

export interface ScheduleDifference {
  readonly fromS: number
  readonly oursW: number | undefined
  readonly stationW: number | undefined
}

/** Where two schedules part by more than `toleranceW`: stations round to tenths of an ampere. */
export const differences = (
  ours: readonly CompositePeriod[],
  station: readonly CompositePeriod[],
  toleranceW = 70,
): readonly ScheduleDifference[] => {
  const at = (periods: readonly CompositePeriod[], second: number) =>
    periods.findLast(({ startS }) => startS <= second)?.limitW
  const moments = [...new Set([...ours, ...station].map(({ startS }) => startS))].sort((a, b) => a - b)
  return moments
    .map((fromS) => ({ fromS, oursW: at(ours, fromS), stationW: at(station, fromS) }))
    .filter(({ oursW, stationW }) =>
      oursW === undefined || stationW === undefined ? oursW !== stationW : Math.abs(oursW - stationW) > toleranceW,
    )
}
