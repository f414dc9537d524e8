import { type Clock, type Doc, isWerenodeError, type Store, type Stored } from '@werenode/core'
import type { Logger } from 'pino'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { Call, Handler } from '../http/call.ts'
import { type Answer, invalid, notFound } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { PartyRef } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { backTo } from '../partners/hub.ts'
import type { LimitPlug } from '../roaming/limit-plug.ts'
import { type Profile, profileAt } from '../roaming/profile-steps.ts'
import { setChargingProfile } from '../v221/charging-profiles.ts'
import { createActiveProfiles } from './active-profiles.ts'
import { believable } from './commands.ts'
import { runningSession } from './running-session.ts'
import { byMethod } from './sender.ts'

/** A profile in force: its periods are set at the plug one after the other, by this record, also after a restart. */
export interface ProfileDoc extends Doc {
  readonly partnerId: string
  readonly profile: Profile
  readonly startAt: string
  readonly wattsPerUnit: number
  /** What the plug took last, W, of the profile alone; null: no limit. */
  readonly appliedW?: number | null
  /** When the next period begins, or the profile ends. Absent: nothing more will change. */
  readonly dueAt?: string
}
type Result = { readonly result: 'ACCEPTED' | 'REJECTED' | 'UNKNOWN'; readonly profile?: object }

const timeoutS = 45
const lookEveryMs = 1_000
/** A plug that took no limit is asked again after this time. */
const againMs = 30_000
/** How far ahead a partner is told that names no time, and at most, s. */
const usualS = 900
const longestS = 86_400

/**
 * mod_charging_profiles, Receiver interface of the CPO: limits the power of a partner's driver's charge over time. OCPI's profiles are cut
 * into single limits, which every kind of plug understands.
 */
export const createChargingProfiles = (deps: {
  store: Store
  clock: Clock
  log: Logger
  us: PartyRef
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  records: { get(id: string): Promise<Partner> }
  plug: LimitPlug
  watch?: { readonly lookEveryMs?: number; readonly askEveryMs?: number }
}) => {
  const { store, clock, log, us, plug } = deps
  const running = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined

  const track = (task: Promise<void>): void => {
    const tracked = task
      .catch((error: unknown) => log.error({ err: error }, 'A charging profile failed inside'))
      .finally(() => running.delete(tracked))
    running.add(tracked)
  }

  /** Sets what holds now and notes when that changes. */
  const apply = async (doc: ProfileDoc): Promise<boolean> => {
    const { limit, nextAt } = profileAt(doc.profile, doc.startAt, clock())
    const limitW = limit === undefined ? undefined : Math.round(limit * doc.wattsPerUnit)
    const taken = await plug.limit(doc._id, limitW)
    if (!taken) return false
    const { dueAt: _before, _rev: _was, ...rest } = doc
    const next: ProfileDoc = { ...rest, appliedW: limitW ?? null, ...(nextAt === undefined ? {} : { dueAt: nextAt }) }
    await store.write([{ op: 'put', in: 'ocpi_profiles', doc: next }])
    return true
  }

  const whenDue = async (): Promise<void> => {
    const due = { dueAt: { $lte: clock().toISOString() } }
    const { items } = await store.find<ProfileDoc>('ocpi_profiles', due, { limit: 200 })
    for (const doc of items) if (!(await apply(doc).catch(told(doc._id)))) await giveUp(doc)
  }

  /** A plug that is away or refuses: its answer, not an error of ours, and written down. */
  const told =
    (sessionId: string) =>
    (error: unknown): boolean => {
      if (!isWerenodeError(error)) throw error
      log.warn({ sessionId, why: error.message }, 'A plug took no charging profile')
      return false
    }

  /** While its charge runs, a plug that is away is asked again: a limit is not forgotten because a link broke. */
  const giveUp = async ({ _rev, ...doc }: Stored<ProfileDoc>): Promise<void> => {
    const session = await store.get<ObjectDoc<'sessions'>>(
      'ocpi_objects',
      docId('own', 'sessions', plainId(us, doc._id)),
    )
    if (session?.object.status === 'ACTIVE') {
      const dueAt = new Date(clock().getTime() + againMs).toISOString()
      await store.write([{ op: 'put', in: 'ocpi_profiles', doc: { ...doc, dueAt } as ProfileDoc }])
    } else await store.write([{ op: 'delete', in: 'ocpi_profiles', id: doc._id }])
  }

  const tell = (call: Call, responseUrl: string, work: () => Promise<Result>): void =>
    track(
      work().then(async (result) => {
        const routing = { from: us, to: backTo(call.partner, call.routing, 'EMSP') }
        const said = await deps.call(call.partner._id, { method: 'POST', url: responseUrl, body: result, routing })
        if (!said.ok)
          log.warn({ partnerId: call.partner._id, trouble: said.trouble }, 'A profile’s result was not taken')
      }),
    )

  const active = createActiveProfiles({
    store,
    clock,
    log,
    us,
    records: deps.records,
    call: deps.call,
    plug,
    setAgain: async (id) => {
      const doc = await store.get<ProfileDoc>('ocpi_profiles', id)
      if (doc !== undefined && !(await apply(doc).catch(told(id)))) await giveUp(doc)
    },
    ...deps.watch,
  })
  const by = (call: Call) => ({ partnerId: call.partner._id, to: backTo(call.partner, call.routing, 'EMSP') })

  const sessionOf = async (call: Call): Promise<string | undefined> => {
    const id = call.parts[0]
    if (id === undefined || call.parts.length !== 1) throw notFound('The path behind chargingprofiles')
    return (await runningSession(deps, call, id))?.id
  }
  const response = (result: 'ACCEPTED' | 'UNKNOWN_SESSION'): Answer => ({ data: { result, timeout: timeoutS } })
  const urlIn = (call: Call): string => {
    const url = call.query.get('response_url')
    if (url === null) throw invalid('$.response_url: it is required')
    return believable(call.partner, url)
  }

  const receiver: Handler = byMethod({
    PUT: async (call) => {
      const { charging_profile: profile, response_url } = call.read(setChargingProfile)
      const responseUrl = believable(call.partner, response_url)
      const id = await sessionOf(call)
      if (id === undefined) return response('UNKNOWN_SESSION')
      tell(call, responseUrl, async () => {
        const doc: ProfileDoc = {
          _id: id,
          partnerId: call.partner._id,
          profile,
          startAt: profile.start_date_time ?? clock().toISOString(),
          wattsPerUnit: await plug.wattsPer(id, profile.charging_rate_unit),
        }
        if (!(await apply(doc).catch(told(id)))) return { result: 'REJECTED' }
        await active.asked(id, { ...by(call), unit: profile.charging_rate_unit, wattsPerUnit: doc.wattsPerUnit })
        return { result: 'ACCEPTED' }
      })
      return response('ACCEPTED')
    },
    GET: async (call) => {
      const responseUrl = urlIn(call)
      const asked = Number(call.query.get('duration') ?? Number.NaN)
      const durationS = Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, longestS) : usualS
      const id = await sessionOf(call)
      if (id === undefined) return response('UNKNOWN_SESSION')
      tell(call, responseUrl, async () => {
        const doc = await store.get<ProfileDoc>('ocpi_profiles', id)
        if (doc === undefined) return { result: 'UNKNOWN' }
        const { charging_rate_unit: unit } = doc.profile
        return {
          result: 'ACCEPTED',
          profile: await active.now(id, durationS, { unit, wattsPerUnit: doc.wattsPerUnit }),
        }
      })
      return response('ACCEPTED')
    },
    DELETE: async (call) => {
      const responseUrl = urlIn(call)
      const id = await sessionOf(call)
      if (id === undefined) return response('UNKNOWN_SESSION')
      tell(call, responseUrl, async () => {
        const doc = await store.get<ProfileDoc>('ocpi_profiles', id)
        if (doc === undefined) return { result: 'UNKNOWN' }
        if (!(await plug.limit(id, undefined).catch(told(id)))) return { result: 'REJECTED' }
        await store.write([{ op: 'delete', in: 'ocpi_profiles', id }])
        await active.asked(id, by(call))
        return { result: 'ACCEPTED' }
      })
      return response('ACCEPTED')
    },
  })

  return {
    receiver,
    start: (): void => {
      timer = setInterval(() => track(whenDue()), lookEveryMs)
      timer.unref()
      active.start()
    },
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await active.stop()
      await Promise.allSettled(running)
    },
  }
}
