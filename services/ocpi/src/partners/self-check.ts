import type { Clock, RoamingCheck } from '@werenode/core'
import type { Partner } from '../collections.ts'
import { nextLink, usableNext } from '../http/link-header.ts'
import type { PeerAnswer } from '../http/peer.ts'
import { readRouting, sameParty } from '../http/routing.ts'
import type { PartyRef } from '../model/model.ts'
import { type Pulled, pulledKinds } from '../pull/pull.ts'
import { accept, type Deviation } from '../schema/accept.ts'
import { endpointOf, versionOf } from '../versions/versions.ts'
import type { PartnerRequest } from './caller.ts'
import type { DeviationCount } from './deviations.ts'
import { partyIn } from './hub.ts'
import type { PartnerRecords } from './records.ts'

type Step = RoamingCheck['steps'][number]

/** Clocks further apart than this miss changes or see them twice, s. */
const clockSlackS = 30

/**
 * Looks at all that a partner offers, with our token, and says what is wrong on its side: reads only, writes nothing there. What it did
 * before (deviations counted, pushes refused) is told with it.
 */
export const createSelfCheck = (deps: {
  records: PartnerRecords
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  test: (partnerId: string) => Promise<RoamingCheck>
  deviationsOf: (partnerId: string) => Promise<readonly DeviationCount[]>
  owed: (partnerId: string) => Promise<{ waiting: number; refused: number }>
  clock: Clock
  us: PartyRef
}) => {
  const { records, call, clock, us } = deps

  const look = async (partner: Partner, kind: Pulled): Promise<Step[]> => {
    const what = `list of ${kind}`
    const base = endpointOf(partner.endpoints, kind, 'SENDER')
    if (base === undefined) return []
    const version = versionOf(partner.version!)
    const url = new URL(base)
    url.searchParams.set('offset', '0')
    url.searchParams.set('limit', '5')
    // mod_sessions: date_from is required there.
    if (kind === 'sessions') url.searchParams.set('date_from', '2015-01-01T00:00:00.000Z')
    const routing =
      version.hasRoles && partner.roles.length > 0
        ? { from: us, to: partyIn(partner, kind === 'tokens' ? 'EMSP' : 'CPO') }
        : undefined
    const answer = await call(partner._id, { method: 'GET', url: url.href, ...(routing ? { routing } : {}) })
    if (!answer.ok) return [{ what, ok: false, words: answer.trouble ?? 'It gave no answer' }]
    const items = Array.isArray(answer.data) ? answer.data : undefined
    if (items === undefined && answer.data !== undefined)
      return [{ what, ok: false, words: 'Its data is no list (transport_and_format, "Response format")' }]
    return [
      ...objectsIn(partner, kind, items ?? []),
      ...pagesOf(what, answer, url, items?.length ?? 0),
      ...(routing === undefined ? [] : routingOf(what, answer)),
    ]
  }

  const objectsIn = (partner: Partner, kind: Pulled, items: readonly unknown[]): Step[] => {
    const what = `objects of ${kind}`
    const schema = versionOf(partner.version!).mapper[kind]!.schema
    const unreadable: string[] = []
    const deviations: Deviation[] = []
    for (const item of items) {
      const read = accept(schema, item)
      deviations.push(...read.deviations)
      if (!read.ok) unreadable.push(`${idOf(item)}: ${read.what} at ${read.path}`)
    }
    if (unreadable.length > 0)
      return [{ what, ok: false, words: `${unreadable.length} of ${items.length} cannot be read. ${unreadable[0]}` }]
    if (deviations.length === 0)
      return [{ what, ok: true, words: `${items.length} read, as the specification has them` }]
    const places = [...new Set(deviations.map(({ kind: how, path }) => `${wordsOf(how)} at ${plain(path)}`))]
    return [{ what, ok: false, words: `${items.length} read, with: ${places.slice(0, 6).join('; ')}` }]
  }

  const pagesOf = (what: string, { headers }: PeerAnswer, url: URL, count: number): Step[] => {
    const total = headers.get('x-total-count')
    const missing = ['x-total-count', 'x-limit'].filter((name) => !/^\d+$/.test(headers.get(name) ?? ''))
    const steps: Step[] = []
    if (missing.length > 0)
      steps.push({ what, ok: false, words: `${missing.join(' and ')} missing or no number ("Pagination")` })
    if (count > 5) steps.push({ what, ok: false, words: `It gave ${count} objects where at most 5 were asked for` })
    const link = headers.get('link')
    const more = total !== undefined && /^\d+$/.test(total) && Number(total) > count
    if (link !== undefined && usableNext(nextLink(link), url, 0) === undefined)
      steps.push({ what, ok: false, words: `Its Link cannot be followed: ${link.slice(0, 120) || '(empty)'}` })
    else if (more && link === undefined)
      steps.push({ what, ok: false, words: `It has ${total} objects and names no next page in Link` })
    return steps
  }

  const routingOf = (what: string, { headers }: PeerAnswer): Step[] => {
    const back = readRouting(Object.fromEntries(headers))
    return back.to !== undefined && sameParty(back.to, us)
      ? []
      : [{ what, ok: false, words: 'Its answer has no routing headers back to us ("Message Routing Headers")' }]
  }

  const clockOf = async (partner: Partner): Promise<Step[]> => {
    const answer = await call(partner._id, { method: 'GET', url: partner.versionsUrl! })
    const said = answer.headers.get('date')
    if (said === undefined || Number.isNaN(Date.parse(said))) return []
    const offS = Math.round((Date.parse(said) - clock().getTime()) / 1000)
    return [
      Math.abs(offS) <= clockSlackS
        ? { what: 'clock', ok: true, words: 'Its clock and ours agree' }
        : {
            what: 'clock',
            ok: false,
            words: `Its clock is ${Math.abs(offS)} s ${offS > 0 ? 'ahead of' : 'behind'} ours`,
          },
    ]
  }

  return async (partnerId: string): Promise<RoamingCheck> => {
    const tested = await deps.test(partnerId)
    const partner = await records.get(partnerId)
    if (partner.state !== 'registered' || partner.version === undefined) return tested
    const steps: Step[] = [...tested.steps, ...(await clockOf(partner))]
    for (const kind of pulledKinds) steps.push(...(await look(partner, kind)))
    const { waiting, refused } = await deps.owed(partnerId)
    if (refused > 0)
      steps.push({ what: 'pushes', ok: false, words: `It refuses ${refused} objects of ours; see its troubles` })
    else
      steps.push({
        what: 'pushes',
        ok: true,
        words: waiting === 0 ? 'It has all we owe it' : `${waiting} objects wait`,
      })
    for (const { about, kind, path, count } of (await deps.deviationsOf(partnerId)).slice(0, 10))
      steps.push({ what: `its ${about}`, ok: false, words: `${count} times ${wordsOf(kind)} at ${plain(path)}` })
    return { ok: steps.every(({ ok }) => ok), steps }
  }
}

const idOf = (item: unknown): string => {
  const { id, uid } = (typeof item === 'object' && item !== null ? item : {}) as { id?: unknown; uid?: unknown }
  const name = typeof id === 'string' ? id : typeof uid === 'string' ? uid : undefined
  return name === undefined ? 'one without id' : name.slice(0, 40)
}
const plain = (path: string): string => path.replaceAll(/\[\d+\]/g, '[]').replace(/^\$\.?/, '') || 'the top'

const words: Readonly<Record<string, string>> = {
  null: 'a null where the field is to be left out',
  'unknown-field': 'a field the version does not have',
  'unknown-value': 'a word the version does not have',
  'date-form': 'a date that is not UTC with Z',
  'number-form': 'a number written as text',
  'text-form': 'text of another kind',
  'too-long': 'text that is too long',
  'not-a-list': 'one value where a list belongs',
  'empty-list': 'an empty list where at least one is asked for',
  'bad-optional': 'an optional field that cannot be read',
  'bad-item': 'an item that cannot be read',
  'letter-case': 'a word in another case',
}
const wordsOf = (kind: string): string => words[kind] ?? kind
