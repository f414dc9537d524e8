import { createHash } from 'node:crypto'
import type { Store, Stored } from '@werenode/core'
import type { ObjectDoc, OutboxDoc, Partner } from '../collections.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { Routing } from '../http/routing.ts'
import { type MapContext, NotExpressible } from '../model/map-context.ts'
import type { BookingLocation, Cdr, Kind, Location, PartyRef, Session, Token } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { partyIn } from '../partners/hub.ts'
import { check, type Problem } from '../schema/check.ts'
import { versionOf } from '../versions/versions.ts'
import { receiverOf } from './rows.ts'

type SentState = NonNullable<OutboxDoc['sent']>
export type Sent =
  | { readonly done: true; readonly sent?: SentState }
  | {
      readonly done: false
      readonly trouble: string
      readonly retriable: boolean
      readonly answered: boolean
      /** What the partner holds after this, `null` when it is not known: a push that failed may have arrived. */
      readonly sent?: SentState | null
    }

interface Made {
  readonly wire: object
  readonly problem: Problem | undefined
  state?: SentState
}
const mostKept = 500

/** With the partner as it was read a moment ago: a token renewed since then is refused, and what is owed goes out again. */
type Call = (partner: Partner, request: PartnerRequest) => Promise<PeerAnswer>

/** Tells a partner the state of one object of ours, as it is now. */
export const createSend = ({ store, call }: { store: Store; call: Call }) => {
  const contextOf = async (doc: ObjectDoc, us: PartyRef): Promise<MapContext> => {
    const locationId =
      doc.kind === 'sessions'
        ? (doc.object as Session).location_id
        : doc.kind === 'cdrs'
          ? (doc.object as Cdr).cdr_location.id
          : undefined
    const location =
      locationId === undefined
        ? undefined
        : await store.get<ObjectDoc<'locations'>>('ocpi_objects', docId('own', 'locations', plainId(us, locationId)))
    return { owner: us, holder: us, ...(location ? { location: location.object } : {}) }
  }

  /** One state of an object goes to many partners: written and checked once per version. */
  const kept = new Map<string, Made | NotExpressible>()
  const makeOnce = async (
    doc: ObjectDoc,
    version: string,
    make: () => Promise<Made>,
  ): Promise<Made | NotExpressible> => {
    const { _rev } = doc as Stored<ObjectDoc>
    // What it is written from lies in the object alone for locations only: others name objects that change by themselves.
    const key = doc.kind === 'locations' ? `${doc._id}|${_rev}|${version}` : undefined
    const known = key === undefined ? undefined : kept.get(key)
    if (known !== undefined) return known
    const made = await make().catch((error: unknown) => {
      if (error instanceof NotExpressible) return error
      throw error
    })
    if (key !== undefined) {
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value!)
      kept.set(key, made)
    }
    return made
  }

  return async (partner: Partner, doc: ObjectDoc, row: OutboxDoc): Promise<Sent> => {
    const base = receiverOf(partner, doc.kind)
    if (base === undefined) return { done: true }
    const version = versionOf(partner.version!)
    const mapper = version.mapper[doc.kind]!
    const us = { country_code: doc.object.country_code, party_id: doc.object.party_id }
    // mod_hub_client_info is a configuration module: not routed (transport_and_format, "Message Routing Headers").
    const routed = version.hasRoles && doc.kind !== 'hubclientinfo'
    const routing: Routing | undefined = routed ? { from: us, ...toOf(partner, doc) } : undefined
    const send = async (request: Omit<PartnerRequest, 'routing'>): Promise<PeerAnswer> =>
      call(partner, { ...request, ...(routing ? { routing } : {}) })

    if (doc.gone && (doc.kind === 'terminals' || row.sent === undefined) && toldOnce.has(doc.kind))
      return { done: true }
    if (doc.gone) return outcome(await send({ method: 'DELETE', url: addressOf(base, doc) }))
    const made = await makeOnce(doc, version.number, async () => {
      const wire = mapper.toWire(doc.object as never, await contextOf(doc, us))
      return { wire, problem: check(mapper.schema, wire)[0] }
    })
    if (made instanceof NotExpressible) return { done: false, trouble: made.message, retriable: false, answered: false }
    const { wire, problem } = made
    if (problem !== undefined)
      return {
        done: false,
        trouble: `Not sent, it would break OCPI ${version.number}: ${problem.what} at ${problem.path}`,
        retriable: false,
        answered: false,
      }
    if (doc.kind === 'cdrs') return outcome(await send({ method: 'POST', url: base, body: wire }))
    if (toldOnce.has(doc.kind)) {
      // mod_payments: a terminal and an advice are created at the CPO and never pushed again; mod_invoice_reconciliation: changes by PUT.
      if (row.sent !== undefined && doc.kind !== 'invoicereconciliation') return { done: true }
      const told = outcome(
        row.sent === undefined
          ? await send({ method: 'POST', url: base, body: wire })
          : await send({ method: 'PUT', url: addressOf(base, doc), body: wire }),
      )
      return told.done ? { done: true, sent: { rest: 'told', statuses: {} } } : told
    }
    if (doc.kind !== 'locations') return outcome(await send({ method: 'PUT', url: addressOf(base, doc), body: wire }))

    // mod_locations: a change of status alone travels as a PATCH of its EVSE.
    made.state ??= sentStateOf(doc.object as Location)
    const { state } = made
    if (row.sent !== undefined && row.sent.rest === state.rest) {
      const patched = await patchStatuses(send, addressOf(base, doc), doc.object as Location, row.sent)
      if (patched.done || patched.retriable) return patched.done ? { done: true, sent: state } : patched
    }
    const put = outcome(await send({ method: 'PUT', url: addressOf(base, doc), body: wire }))
    return put.done ? { done: true, sent: state } : { ...put, sent: null }
  }
}

const patchStatuses = async (
  send: (request: Omit<PartnerRequest, 'routing'>) => Promise<PeerAnswer>,
  address: string,
  location: Location,
  { rest, statuses }: SentState,
): Promise<Sent> => {
  const there: Record<string, string> = { ...statuses }
  for (const { uid, status, last_updated } of location.evses ?? []) {
    if (there[uid] === status) continue
    const url = `${address}/${encodeURIComponent(uid)}`
    const sent = outcome(await send({ method: 'PATCH', url, body: { status, last_updated } }))
    if (sent.done) there[uid] = status
    else {
      delete there[uid]
      return { ...sent, sent: { rest, statuses: there } }
    }
  }
  return { done: true }
}

/** What a location says besides the statuses of its EVSEs, as a hash, and these. */
const sentStateOf = (location: Location): SentState => {
  const { last_updated, evses = [], ...rest } = location
  const still = evses.map(({ status, last_updated: _, ...evse }) => evse)
  return {
    rest: createHash('sha256').update(JSON.stringify({ rest, still })).digest('hex'),
    statuses: Object.fromEntries(evses.map(({ uid, status }) => [uid, status])),
  }
}

/** Created by POST, which gives them their address. */
const toldOnce: ReadonlySet<Kind> = new Set(['invoicereconciliation', 'terminals', 'financialadvices'])

const addressOf = (base: string, { kind, object }: ObjectDoc): string => {
  if (kind === 'bookinglocations') {
    // The party stands before the word (mod_bookings, "Receiver Interface").
    const { country_code, party_id, id } = object as BookingLocation
    const [module, word] = [base.slice(0, base.lastIndexOf('/')), base.slice(base.lastIndexOf('/') + 1)]
    return `${module}/${[country_code, party_id, word, id].map(encodeURIComponent).join('/')}`
  }
  const id = kind === 'tokens' ? (object as Token).uid : (object as Location).id
  const parts = [object.country_code, object.party_id, ...(kind === 'hubclientinfo' ? [] : [id])]
  const address = `${base.replace(/\/$/, '')}/${parts.map(encodeURIComponent).join('/')}`
  return kind === 'tokens' ? `${address}?type=${(object as Token).type}` : address
}

/** To whom: the party a session or CDR is for; else the partner's own in the role that takes it. A hub that is addressed itself broadcasts. */
const toOf = (partner: Partner, doc: ObjectDoc): Routing => {
  if (doc.forParty !== undefined) {
    const [country_code, party_id] = doc.forParty.split('*') as [string, string]
    return { to: { country_code, party_id } }
  }
  if (partner.roles.length === 0) return {}
  return { to: partyIn(partner, doc.kind === 'tokens' ? 'CPO' : 'EMSP') }
}

const outcome = (answer: PeerAnswer): Sent => {
  if (answer.ok) return { done: true }
  // A token that is refused is renewed sooner or later; what was owed then goes out.
  const retriable = answer.retriable || answer.http === 401 || answer.http === 403 || answer.http === 0
  return { done: false, trouble: answer.trouble ?? `HTTP ${answer.http}`, retriable, answered: answer.http !== 0 }
}
