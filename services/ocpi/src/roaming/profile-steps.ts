import type { Infer } from '../schema/schema.ts'
import type { chargingProfile } from '../v221/charging-profiles.ts'

export type Profile = Infer<typeof chargingProfile>

/** What a profile says at a moment, in its unit, and when that changes next; undefined where it says nothing (any more). */
export const profileAt = (
  profile: Profile,
  startAt: string,
  now: Date,
): { limit: number | undefined; nextAt: string | undefined } => {
  const elapsedS = (now.getTime() - Date.parse(startAt)) / 1000
  const endS = profile.duration ?? Number.POSITIVE_INFINITY
  const periods = [...(profile.charging_profile_period ?? [])].sort((a, b) => a.start_period - b.start_period)
  const current = elapsedS < endS ? periods.findLast(({ start_period }) => start_period <= elapsedS) : undefined
  const nextS = Math.min(
    ...periods.map(({ start_period }) => start_period).filter((start) => start > elapsedS),
    elapsedS < endS ? endS : Number.POSITIVE_INFINITY,
  )
  return {
    limit: current?.limit,
    nextAt: Number.isFinite(nextS) ? new Date(Date.parse(startAt) + nextS * 1000).toISOString() : undefined,
  }
}

/** Limits of power over a time, W, by the moment (ms) from which each holds. */
export interface Plan {
  readonly fromMs: number
  readonly untilMs: number
  readonly steps: readonly { readonly atMs: number; readonly limitW: number }[]
}

export const planAt = ({ steps }: Plan, atMs: number): number =>
  (steps.findLast((step) => step.atMs <= atMs) ?? steps[0]!).limitW

/** Stations begin their schedules at whole seconds of their own clock: a change a little earlier or later is none. */
const sameWithinMs = 5_000
/** W: less than what a tenth of an ampere makes on one phase. */
const sameWithinW = 20

/** Whether two plans promise the same from `nowMs` for as long as both look ahead. Where one has run out nobody knows: they differ. */
export const samePlan = (one: Plan, other: Plan, nowMs: number): boolean => {
  const untilMs = Math.min(one.untilMs, other.untilMs)
  if (untilMs <= nowMs) return false
  const moments = [nowMs, ...[one, other].flatMap(({ steps }) => steps.map(({ atMs }) => atMs + sameWithinMs))]
  return moments
    .filter((atMs) => atMs >= nowMs && atMs < untilMs)
    .every((atMs) =>
      [0, sameWithinMs].some(
        (laterMs) => Math.abs(planAt(one, atMs + laterMs) - planAt(other, atMs + laterMs)) <= sameWithinW,
      ),
    )
}

/** The least of several limits over time, as steps that differ; OCPI counts them in seconds, so none is shorter. */
export const leastOf = (
  fromMs: number,
  untilMs: number,
  boundaries: readonly number[],
  limitW: (atMs: number) => number,
): Plan => {
  const moments = [...new Set([fromMs, ...boundaries])]
    .filter((atMs) => atMs === fromMs || (atMs >= fromMs + 1_000 && atMs < untilMs))
    .sort((a, b) => a - b)
  const steps: { atMs: number; limitW: number }[] = []
  for (const atMs of moments) {
    const next = Math.round(limitW(atMs))
    if (steps.at(-1)?.limitW !== next) steps.push({ atMs, limitW: next })
  }
  return { fromMs, untilMs, steps }
}
