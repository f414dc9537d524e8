import { randomUUID } from 'node:crypto'
import { type Clock, type Doc, type Store, type Stored, WerenodeError } from '@werenode/core'
import type { Partner } from '../collections.ts'
import type { Handler } from '../http/call.ts'
import { notFound } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { PartyRef } from '../model/model.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { partyIn } from '../partners/hub.ts'
import { accept } from '../schema/accept.ts'
import { check } from '../schema/check.ts'
import type { Infer } from '../schema/schema.ts'
import {
  activeChargingProfile,
  activeProfileResult,
  chargingProfile,
  profileResponse,
  type setChargingProfile,
} from '../v221/charging-profiles.ts'
import { endpointOf, versionOf } from '../versions/versions.ts'
import { single } from './commands.ts'
import { byMethod } from './sender.ts'

export type ChargingProfile = Infer<typeof chargingProfile>
export type ActiveProfile = Infer<typeof activeChargingProfile>
/** What came of it: the partner's word, at once or later; `TIMEOUT` when it did not say in the time it named. */
export interface ProfileOutcome {
  readonly result: 'ACCEPTED' | 'REJECTED' | 'UNKNOWN' | 'NOT_SUPPORTED' | 'TOO_OFTEN' | 'UNKNOWN_SESSION' | 'TIMEOUT'
  readonly profile?: ActiveProfile
  readonly message?: string
}

/** A request of ours about a charge at a partner's plug: its result comes to an address made for it alone. */
interface ProfileAskDoc extends Doc {
  readonly partnerId: string
  readonly sessionId: string
  readonly what: 'set' | 'get' | 'clear'
  readonly at: string
  readonly result?: ProfileOutcome['result']
  readonly profile?: ActiveProfile
}
/** A charge whose power we limit, and what its CPO says is in force. */
interface ProfiledDoc extends Doc {
  readonly partnerId: string
  readonly active?: ActiveProfile
}

/**
 * mod_charging_profiles, Sender interface of the eMSP (2.2.1, 2.3.0): sets, asks for and clears the profile of our driver's charge at a
 * partner's plug, takes the asynchronous results, and the profiles a CPO changes by itself.
 */
export const createProfileSender = (deps: {
  store: Store
  clock: Clock
  us: PartyRef
  records: { get(id: string): Promise<Partner> }
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  /** Address of our Sender interface, by version. */
  senderBase: (version: string) => string
}) => {
  const { store, clock, us } = deps
  const waiting = new Map<string, (outcome: ProfileOutcome) => void>()
  const profiledId = (partnerId: string, sessionId: string): string => `of|${partnerId}|${sessionId.toUpperCase()}`

  /** One request and its asynchronous result. */
  const ask = async (
    partnerId: string,
    sessionId: string,
    what: ProfileAskDoc['what'],
    requestOf: (url: string, responseUrl: string) => Pick<PartnerRequest, 'method' | 'url' | 'body'>,
    to: PartyRef | undefined,
  ): Promise<ProfileOutcome> => {
    const partner = await deps.records.get(partnerId)
    const base = endpointOf(partner.endpoints, 'chargingprofiles', 'RECEIVER')
    if (partner.state !== 'registered' || partner.version === undefined || base === undefined)
      return { result: 'NOT_SUPPORTED', message: `${partner.name} takes no charging profiles` }
    const id = randomUUID()
    const doc: ProfileAskDoc = { _id: id, partnerId, sessionId, what, at: clock().toISOString() }
    await store.write([{ op: 'insert', in: 'ocpi_profile_asks', doc }])
    const arrived = new Promise<ProfileOutcome>((resolve) => waiting.set(id, resolve))
    let patience: NodeJS.Timeout | undefined
    try {
      const address = `${base.replace(/\/$/, '')}/${encodeURIComponent(sessionId)}`
      const answer = await deps.call(partnerId, {
        ...requestOf(address, `${deps.senderBase(versionOf(partner.version).number)}/${id}`),
        routing: { from: us, to: to ?? partyIn(partner, 'CPO') },
      })
      if (!answer.ok) return { result: 'TIMEOUT', message: answer.trouble ?? 'The partner did not answer' }
      const read = accept(profileResponse, single(answer.data))
      if (!read.ok) return { result: 'TIMEOUT', message: 'The partner answered what is no ChargingProfileResponse' }
      if (read.value.result !== 'ACCEPTED') return { result: read.value.result }
      const patienceMs = Math.min(Math.max(read.value.timeout, 1), 300) * 1000
      const late = new Promise<ProfileOutcome>((resolve) => {
        const message = 'The partner did not say what came of it'
        patience = setTimeout(() => resolve({ result: 'TIMEOUT', message }), patienceMs)
      })
      return await Promise.race([arrived, late])
    } finally {
      clearTimeout(patience)
      waiting.delete(id)
    }
  }

  const withResponse = (url: string, responseUrl: string, more: Readonly<Record<string, string>> = {}): string => {
    const address = new URL(url)
    for (const [name, value] of Object.entries({ ...more, response_url: responseUrl }))
      address.searchParams.set(name, value)
    return address.href
  }

  const finish = async (before: Stored<ProfileAskDoc>, outcome: ProfileOutcome): Promise<void> => {
    const { _rev, ...doc } = before
    // The first result stands; a partner may repeat itself.
    if (doc.result !== undefined) return
    await store.write([
      { op: 'replace', in: 'ocpi_profile_asks', doc: { ...doc, ...outcome } as ProfileAskDoc, rev: _rev },
    ])
    waiting.get(doc._id)?.(outcome)
  }

  /** The asynchronous result of one request, or what is in force at a session now. */
  const receiver: Handler = byMethod({
    POST: async (call) => {
      const id = call.parts[0]
      const doc = id === undefined ? undefined : await store.get<ProfileAskDoc>('ocpi_profile_asks', id)
      if (doc === undefined || doc.partnerId !== call.partner._id)
        throw notFound(`The request ${String(id).slice(0, 60)}`)
      // ActiveChargingProfileResult holds what the other two results hold, and the profile.
      const read = call.read(activeProfileResult)
      await finish(doc, { result: read.result, ...(read.profile === undefined ? {} : { profile: read.profile }) })
      return {}
    },
    PUT: async (call) => {
      const id = profiledId(call.partner._id, call.parts[0] ?? '')
      const doc = await store.get<ProfiledDoc>('ocpi_profile_asks', id)
      // "SHALL NOT call this interface for any session where the Sender has never" set a profile.
      if (doc === undefined) throw notFound(`A profile of ours at session ${String(call.parts[0]).slice(0, 40)}`)
      const { _rev, ...plain } = doc
      const next: ProfiledDoc = { ...plain, active: call.read(activeChargingProfile) }
      await store.write([{ op: 'replace', in: 'ocpi_profile_asks', doc: next, rev: _rev }])
      return {}
    },
  })

  return {
    receiver,
    /** Limits the power of a charge over time; resolves with what the plug said. `to`: its party, where the partner is a hub. */
    set: async (
      partnerId: string,
      sessionId: string,
      profile: ChargingProfile,
      to?: PartyRef,
    ): Promise<ProfileOutcome> => {
      const [problem] = check(chargingProfile, profile)
      if (problem !== undefined)
        throw new WerenodeError('invalid-input', `The charging profile breaks OCPI: ${problem.what} at ${problem.path}`)
      const outcome = await ask(
        partnerId,
        sessionId,
        'set',
        (url, response_url) => {
          const body: Infer<typeof setChargingProfile> = { charging_profile: profile, response_url }
          return { method: 'PUT', url, body }
        },
        to,
      )
      if (outcome.result === 'ACCEPTED') {
        const doc: ProfiledDoc = {
          _id: profiledId(partnerId, sessionId),
          partnerId,
          active: { start_date_time: profile.start_date_time ?? clock().toISOString(), charging_profile: profile },
        }
        await store.write([{ op: 'put', in: 'ocpi_profile_asks', doc }])
      }
      return outcome
    },
    /** What is in force in the next `durationS` seconds. */
    get: (partnerId: string, sessionId: string, durationS: number, to?: PartyRef): Promise<ProfileOutcome> =>
      ask(
        partnerId,
        sessionId,
        'get',
        (url, responseUrl) => ({
          method: 'GET',
          url: withResponse(url, responseUrl, { duration: String(durationS) }),
        }),
        to,
      ),
    clear: (partnerId: string, sessionId: string, to?: PartyRef): Promise<ProfileOutcome> =>
      ask(
        partnerId,
        sessionId,
        'clear',
        (url, responseUrl) => ({
          method: 'DELETE',
          url: withResponse(url, responseUrl),
        }),
        to,
      ),
    /** What the CPO said last is in force; undefined where we never set one. */
    active: async (partnerId: string, sessionId: string): Promise<ActiveProfile | undefined> =>
      (await store.get<ProfiledDoc>('ocpi_profile_asks', profiledId(partnerId, sessionId)))?.active,
  }
}
export type ProfileSender = ReturnType<typeof createProfileSender>
