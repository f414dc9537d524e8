import type { Clock, Doc, Store } from '@werenode/core'
import type { ObjectDoc, Partner } from '../collections.ts'
import { nextLink, usableNext } from '../http/link-header.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { Cdr, Kind, Objects, PartyRef, Token } from '../model/model.ts'
import { idWithin } from '../objects/object-id.ts'
import type { OcpiObjects } from '../objects/objects.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { carries, partyIn } from '../partners/hub.ts'
import { accept, type Deviation } from '../schema/accept.ts'
import { placeOf, versionOf } from '../versions/versions.ts'

type Everybody = 'locations' | 'tariffs' | 'sessions' | 'cdrs' | 'tokens'
type Some =
  | 'hubclientinfo'
  | 'terminals'
  | 'financialadvices'
  | 'bookinglocations'
  | 'bookings'
  | 'invoicereconciliation'
export type Pulled = Everybody | Some
export const pulledKinds: readonly Everybody[] = ['locations', 'tariffs', 'tokens', 'sessions', 'cdrs']
const rarer: readonly Some[] = [
  'hubclientinfo',
  'terminals',
  'financialadvices',
  'bookinglocations',
  'bookings',
  'invoicereconciliation',
]
/** What a partner is pulled for: what everybody has, and of the modules that few have those it offers. */
export const kindsOf = (partner: Partner): readonly Pulled[] => {
  const { version } = partner
  if (version === undefined) return pulledKinds
  const offered = rarer.filter(
    (kind) => versionOf(version).mapper[kind] !== undefined && placeOf(partner, kind, 'SENDER') !== undefined,
  )
  return [...pulledKinds, ...offered]
}

export interface PullReport {
  readonly kind: Pulled
  readonly objects: number
  readonly changed: number
  readonly pages: number
  /** Objects that could not be read, with the reason of the first. */
  readonly bad: number
  readonly trouble?: string
}

/** How far a pull of a kind has come. */
interface PullDoc extends Doc {
  /** Newest last_updated seen. */
  readonly newest?: string
  readonly fullAt?: string
  /** Missing from the last full pull: gone when missing again. */
  readonly missing?: readonly string[]
}

export interface PullDeps {
  readonly store: Store
  readonly clock: Clock
  readonly us: PartyRef
  readonly objects: OcpiObjects
  readonly call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  readonly keepCdr: (
    partner: Partner,
    cdr: Cdr,
    wire: NonNullable<ObjectDoc['wire']>,
  ) => Promise<'new' | 'same' | 'contradicts'>
  readonly onChanged: (partner: Partner, kind: Kind, object: Objects[Kind], gone: boolean) => Promise<void>
  readonly ownToken: (contractId: string) => Promise<Token | undefined>
  readonly trouble: (partnerId: string, about: string, message: string) => Promise<void>
  readonly onDeviations: (partnerId: string, about: string, deviations: readonly Deviation[]) => void
  /** Objects asked for per page. Default 100. */
  readonly limit?: number
}

/** Clocks differ and writes take time: a pull asks again for what changed shortly before the newest it has seen. */
const overlapMs = 60_000
const mostPages = 20_000

/** Pulls a partner's objects page by page; one bad object does not spoil its page, one bad Link not the walk. */
export const createPull = (deps: PullDeps) => {
  const { store, clock, us, objects } = deps

  const pull = async (partner: Partner, kind: Pulled, options: { full?: boolean } = {}): Promise<PullReport> => {
    const base = placeOf(partner, kind, 'SENDER')
    const report = { kind, objects: 0, changed: 0, pages: 0, bad: 0 }
    if (partner.state !== 'registered' || partner.version === undefined || base === undefined)
      return { ...report, trouble: `${partner.name} offers no ${kind} to pull` }
    const id = `${partner._id}|${kind}`
    const known = await store.get<PullDoc>('ocpi_pulls', id)
    const full = options.full ?? known?.newest === undefined
    const first = new URL(base)
    first.searchParams.set('offset', '0')
    first.searchParams.set('limit', String(deps.limit ?? 100))
    // mod_sessions: date_from is required there.
    const since = full || known?.newest === undefined ? undefined : new Date(Date.parse(known.newest) - overlapMs)
    if (since !== undefined || kind === 'sessions')
      first.searchParams.set('date_from', (since ?? new Date('2015-01-01T00:00:00Z')).toISOString())
    const seen = new Set<string>()
    let newest = known?.newest
    const walk = await walkPages(partner, kind, first, async (item) => {
      const object = await keep(partner, kind, item)
      if (object === undefined) return false
      report.objects += 1
      seen.add(object.id)
      if (object.changed) report.changed += 1
      if (newest === undefined || object.lastUpdated > newest) newest = object.lastUpdated
      return true
    })
    const outcome = { ...report, pages: walk.pages, bad: walk.bad, ...(walk.trouble ? { trouble: walk.trouble } : {}) }
    if (walk.trouble !== undefined) {
      await deps.trouble(partner._id, `pull ${kind}`, walk.trouble)
      return outcome
    }
    const missing =
      full && (kind === 'locations' || kind === 'tariffs' || kind === 'tokens') && walk.bad === 0
        ? await bury(partner, kind, seen, known?.missing ?? [])
        : (known?.missing ?? [])
    const doc: PullDoc = {
      _id: id,
      ...(newest === undefined ? {} : { newest }),
      ...(full ? { fullAt: clock().toISOString() } : known?.fullAt ? { fullAt: known.fullAt } : {}),
      ...(missing.length > 0 ? { missing } : {}),
    }
    await store.write([{ op: 'put', in: 'ocpi_pulls', doc }])
    return outcome
  }

  const walkPages = async (
    partner: Partner,
    kind: Pulled,
    first: URL,
    take: (item: unknown) => Promise<boolean>,
  ): Promise<{ pages: number; bad: number; trouble?: string }> => {
    const version = versionOf(partner.version!)
    // mod_hub_client_info is not routed; everything else asks a hub itself, for all behind it ("GET All via Hubs").
    const routing =
      version.hasRoles && kind !== 'hubclientinfo' && partner.roles.length > 0
        ? { from: us, to: partyIn(partner, kind === 'tokens' ? 'EMSP' : 'CPO') }
        : undefined
    let url = first
    let offset = 0
    let total: number | undefined
    let bad = 0
    let received = 0
    for (let pages = 1; pages <= mostPages; pages += 1) {
      const answer = await deps.call(partner._id, { method: 'GET', url: url.href, ...(routing ? { routing } : {}) })
      if (!answer.ok) return { pages: pages - 1, bad, trouble: answer.trouble ?? 'no answer' }
      const items = Array.isArray(answer.data) ? answer.data : []
      for (const item of items) if (!(await take(item))) bad += 1
      received += items.length
      const said = answer.headers.get('x-total-count')
      const count = said !== undefined && /^\d+$/.test(said) ? Number(said) : undefined
      const shrunk = total !== undefined && count !== undefined && count < total
      total = count ?? total
      const link = usableNext(nextLink(answer.headers.get('link')), url, offset)
      // transport_and_format, "Pagination": fewer than before means that one moved up a place: look there again.
      const step = Math.max(0, items.length - (shrunk ? 1 : 0))
      const next = link !== undefined && !shrunk ? Number(link.searchParams.get('offset')) : offset + step
      const lastPage = items.length === 0 || (link === undefined && (total === undefined || next >= total))
      if (lastPage || next <= offset) {
        const short = total !== undefined && received < total
        return { pages, bad, ...(short ? { trouble: `It says there are ${total} and gave ${received}` } : {}) }
      }
      if (link !== undefined && !shrunk) url = link
      else {
        // The Link is missing or cannot be believed, though there is more: we count ourselves.
        url = new URL(first)
        url.searchParams.set('offset', String(next))
      }
      offset = next
    }
    return { pages: mostPages, bad, trouble: `It did not end after ${mostPages} pages` }
  }

  const keep = async (partner: Partner, kind: Pulled, item: unknown) => {
    const version = versionOf(partner.version!)
    const mapper = version.mapper[kind]!
    const read = accept(mapper.schema, item)
    if (read.deviations.length > 0) deps.onDeviations(partner._id, `pull ${kind}`, read.deviations)
    if (!read.ok) {
      await deps.trouble(
        partner._id,
        `pull ${kind}`,
        `One of their ${kind} cannot be read: ${read.what} at ${read.path}`,
      )
      return undefined
    }
    const wire = read.value as Record<string, unknown>
    const owner = ownerOf(partner, wire)
    if (owner === undefined) return undefined
    const token = typeof wire.auth_id === 'string' ? await deps.ownToken(wire.auth_id) : undefined
    const object = mapper.fromWire(wire, { owner, holder: us, ...(token ? { token } : {}) }) as Objects[Pulled]
    const id = idWithin(kind, object as never)
    const body = { version: version.number, body: wire }
    if (kind === 'cdrs') {
      const kept = await deps.keepCdr(partner, object as Cdr, body)
      return { id, changed: kept === 'new', lastUpdated: object.last_updated }
    }
    const outcome = await objects.putTheirs(partner._id, kind, object as never, { wire: body })
    const changed = outcome === 'new' || outcome === 'changed'
    if (changed) await deps.onChanged(partner, kind, object, false)
    return { id, changed, lastUpdated: object.last_updated }
  }

  /** Objects of parties the partner did not register are ignored, unless it is a hub (transport_and_format, "Client Owned Object Pull"). */
  const ownerOf = (partner: Partner, wire: Readonly<Record<string, unknown>>): PartyRef | undefined => {
    if (typeof wire.country_code !== 'string' || typeof wire.party_id !== 'string') return partner.roles[0]
    const named = { country_code: wire.country_code, party_id: wire.party_id }
    return carries(partner, named) ? named : undefined
  }

  /** What two full pulls on end do not show is gone, though its owner did not say so: locations become REMOVED, tokens invalid. */
  const bury = async (
    partner: Partner,
    kind: Pulled,
    seen: ReadonlySet<string>,
    missedBefore: readonly string[],
  ): Promise<string[]> => {
    const missing: string[] = []
    let after: string | undefined
    do {
      const page = await store.find<ObjectDoc>(
        'ocpi_objects',
        { owner: partner._id, kind, gone: { $exists: false } },
        { sort: [['createdNr', 1]], limit: 1000, ...(after ? { after } : {}) },
      )
      for (const { object } of page.items) {
        const id = idWithin(kind, object as never)
        if (seen.has(id)) continue
        if (!missedBefore.includes(id)) {
          missing.push(id)
          continue
        }
        await objects.putTheirs(partner._id, kind, object as never, { gone: true })
        await deps.onChanged(partner, kind, object, true)
      }
      after = page.next
    } while (after !== undefined)
    return missing
  }

  return pull
}
