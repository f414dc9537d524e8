import { type Clock, type Doc, isWerenodeError, type Store, type Stored } from '@werenode/core'
import type { Logger } from 'pino'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { PartyRef } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import type { LimitPlug } from '../roaming/limit-plug.ts'
import { leastOf, type Plan, profileAt, samePlan } from '../roaming/profile-steps.ts'
import type { Infer } from '../schema/schema.ts'
import type { activeChargingProfile } from '../v221/charging-profiles.ts'
import { endpointOf } from '../versions/versions.ts'
import type { ProfileDoc } from './charging-profiles.ts'

export type ActiveProfile = Infer<typeof activeChargingProfile>

/** A session for which a partner has set a profile once: from then on it is told what changes by itself. */
interface WatchedDoc extends Doc {
  readonly partnerId: string
  readonly to: PartyRef
  readonly unit: 'W' | 'A'
  readonly wattsPerUnit: number
  /** What the partner knows: by its own request, or told. */
  readonly told: Plan
  /** What the site granted the plug when it was looked at last, W. */
  readonly shareW?: number
  /** Not before, after a failure. */
  readonly dueAt?: string
}

/** How far ahead a partner is told: "between 5 and 60 minutes". */
const aheadS = 1_800
const againMs = 30_000
/** A station's own schedule counts where it is clearly less than what we set: rounding by ampere and phase is no limit. */
const clearly = 0.98

/**
 * mod_charging_profiles, the CPO's PUT at the Sender interface: once a partner has set a profile, it is told of every change of what is
 * planned at the plug that it did not ask for itself: its site's share, a limit of the station, a step the plug refused.
 */
export const createActiveProfiles = (deps: {
  store: Store
  clock: Clock
  log: Logger
  us: PartyRef
  records: { get(id: string): Promise<Partner> }
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  plug: LimitPlug
  /** Sets anew what holds now: a site that shares its limit again has overwritten it. */
  setAgain: (sessionId: string) => Promise<void>
  /** How often plugs and sites are looked at, and stations asked for their schedule, ms. Default 5 s and 60 s. */
  lookEveryMs?: number
  askEveryMs?: number
}) => {
  const { store, clock, log, us, plug, lookEveryMs = 5_000, askEveryMs = 60_000 } = deps
  const planned = new Map<string, { askedMs: number; steps: readonly { atMs: number; limitW: number }[] | undefined }>()
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const stationOf = async (sessionId: string, durationS: number, freshly: boolean) => {
    const nowMs = clock().getTime()
    const known = planned.get(sessionId)
    if (!freshly && known !== undefined && nowMs - known.askedMs < askEveryMs) return known.steps
    const steps = await plug.plannedW(sessionId, durationS).catch((error: unknown) => {
      // A station that is away, or knows no schedules: what we set is what is known.
      if (!isWerenodeError(error)) throw error
      return undefined
    })
    const found = steps?.map(({ startS, limitW }) => ({ atMs: nowMs + startS * 1_000, limitW }))
    planned.set(sessionId, { askedMs: nowMs, steps: found })
    return found
  }

  /** The least of what the connector gives, its site grants, the partner's profile says, and its station plans. */
  const planOf = async (
    sessionId: string,
    durationS: number,
    freshly: boolean,
    shareW = Number.POSITIVE_INFINITY,
  ): Promise<Plan> => {
    const [fromMs, profile] = [clock().getTime(), await store.get<ProfileDoc>('ocpi_profiles', sessionId)]
    const untilMs = fromMs + durationS * 1_000
    const maxW = await plug.maxW(sessionId)
    const schedule = (atMs: number): number => {
      if (profile === undefined) return Number.POSITIVE_INFINITY
      const { limit } = profileAt(profile.profile, profile.startAt, new Date(atMs))
      return limit === undefined ? Number.POSITIVE_INFINITY : Math.round(limit * profile.wattsPerUnit)
    }
    // A step that the plug did not take does not hold, whatever was planned.
    const applied = profile?.appliedW === null ? Number.POSITIVE_INFINITY : profile?.appliedW
    const refused = applied !== undefined && applied !== schedule(fromMs)
    const ours = (atMs: number): number => Math.min(maxW, shareW, refused ? applied : schedule(atMs))
    const station = await stationOf(sessionId, durationS, freshly)
    const base = ours(fromMs) * clearly
    const its = (atMs: number): number => {
      // The station was asked a moment after `fromMs`: its first step holds from then on.
      const step = station?.findLast((one) => one.atMs <= atMs) ?? station?.[0]
      return step !== undefined && step.limitW < base ? step.limitW : Number.POSITIVE_INFINITY
    }
    const own = boundariesOf(profile, fromMs, untilMs)
    const boundaries = [...own, ...(station ?? []).map(({ atMs }) => atMs)]
    return leastOf(fromMs, untilMs, boundaries, (atMs) => Math.min(ours(atMs), its(atMs)))
  }

  const written = (plan: Plan, unit: 'W' | 'A', wattsPerUnit: number): ActiveProfile => ({
    start_date_time: new Date(plan.fromMs).toISOString(),
    charging_profile: {
      charging_rate_unit: unit,
      duration: Math.round((plan.untilMs - plan.fromMs) / 1_000),
      charging_profile_period: plan.steps.map(({ atMs, limitW }) => ({
        start_period: Math.round((atMs - plan.fromMs) / 1_000),
        // ChargingProfilePeriod.limit: one digit behind the point at most.
        limit: Math.round((limitW / wattsPerUnit) * 10) / 10,
      })),
    },
  })

  const keep = async (doc: WatchedDoc): Promise<void> => {
    await store.write([{ op: 'put', in: 'ocpi_watched', doc }])
  }

  const lookAt = async ({ _rev, ...doc }: Stored<WatchedDoc>): Promise<void> => {
    const id = doc._id
    const session = await store.get<ObjectDoc<'sessions'>>('ocpi_objects', docId('own', 'sessions', plainId(us, id)))
    if (session?.object.status !== 'ACTIVE') {
      planned.delete(id)
      await store.write([{ op: 'delete', in: 'ocpi_watched', id }])
      return
    }
    const shareW = await plug.shareW(id)
    if (shareW !== doc.shareW) {
      await deps.setAgain(id)
      planned.delete(id)
    }
    const { dueAt, shareW: _before, ...rest } = doc
    const seen: WatchedDoc = { ...rest, ...(shareW === undefined ? {} : { shareW }) }
    const now = clock()
    const plan = await planOf(id, aheadS, false, shareW)
    if (samePlan(doc.told, plan, now.getTime())) {
      // It looks further ahead now; nothing else is new.
      if (shareW !== doc.shareW || doc.told.untilMs - now.getTime() < (aheadS / 2) * 1_000)
        await keep({ ...seen, told: plan })
      return
    }
    if (dueAt !== undefined && dueAt > now.toISOString()) {
      if (shareW !== doc.shareW) await keep({ ...seen, dueAt })
      return
    }
    const partner = await deps.records.get(doc.partnerId)
    const sender = endpointOf(partner.endpoints, 'chargingprofiles', 'SENDER')
    const answer =
      sender === undefined || partner.state !== 'registered'
        ? undefined
        : await deps.call(doc.partnerId, {
            method: 'PUT',
            url: `${sender.replace(/\/$/, '')}/${encodeURIComponent(id)}`,
            body: written(plan, doc.unit, doc.wattsPerUnit),
            routing: { from: us, to: doc.to },
          })
    if (answer !== undefined && !answer.ok && answer.retriable)
      await keep({ ...seen, dueAt: new Date(now.getTime() + againMs).toISOString() })
    else await keep({ ...seen, told: plan })
  }

  const look = async (): Promise<void> => {
    const { items } = await store.find<WatchedDoc>('ocpi_watched', {}, { limit: 1_000 })
    for (const doc of items)
      await lookAt(doc).catch((error: unknown) => {
        if (!isWerenodeError(error)) throw error
        log.info({ sessionId: doc._id, why: error.message }, 'What is planned at a plug could not be looked at')
      })
  }

  return {
    /** The partner has set or cleared a profile itself: from now on it is told of changes, this is none. */
    asked: async (
      sessionId: string,
      by: Pick<WatchedDoc, 'partnerId' | 'to'> & Partial<Pick<WatchedDoc, 'unit' | 'wattsPerUnit'>>,
    ): Promise<void> => {
      const known = await store.get<WatchedDoc>('ocpi_watched', sessionId)
      if (known === undefined && by.unit === undefined) return
      planned.delete(sessionId)
      const shareW = await plug.shareW(sessionId)
      await keep({
        _id: sessionId,
        partnerId: by.partnerId,
        to: by.to,
        unit: by.unit ?? known!.unit,
        wattsPerUnit: by.wattsPerUnit ?? known!.wattsPerUnit,
        told: await planOf(sessionId, aheadS, false, shareW),
        ...(shareW === undefined ? {} : { shareW }),
      })
    },
    /** What is planned at the plug now, for an answer to GET. */
    now: async (
      sessionId: string,
      durationS: number,
      { unit, wattsPerUnit }: Pick<WatchedDoc, 'unit' | 'wattsPerUnit'>,
    ): Promise<ActiveProfile> =>
      written(await planOf(sessionId, durationS, true, await plug.shareW(sessionId)), unit, wattsPerUnit),
    start: (): void => {
      timer = setInterval(() => {
        looking ??= look()
          .catch((error: unknown) => log.error({ err: error }, 'Watching charging profiles failed inside'))
          .finally(() => {
            looking = undefined
          })
      }, lookEveryMs)
      timer.unref()
    },
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await looking
    },
  }
}

const boundariesOf = (doc: ProfileDoc | undefined, fromMs: number, untilMs: number): number[] => {
  const found: number[] = []
  for (let atMs = fromMs; doc !== undefined && found.length < 1_000; ) {
    const { nextAt } = profileAt(doc.profile, doc.startAt, new Date(atMs))
    if (nextAt === undefined || Date.parse(nextAt) >= untilMs) break
    atMs = Date.parse(nextAt)
    found.push(atMs)
  }
  return found
}
