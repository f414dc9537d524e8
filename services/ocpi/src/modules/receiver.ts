import type { Stored } from '@werenode/core'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { Call, Handler } from '../http/call.ts'
import { type Answer, invalid, notFound, ocpiStatus, Refused } from '../http/envelope.ts'
import { sameParty } from '../http/routing.ts'
import type { Kind, Objects, PartyRef, Token } from '../model/model.ts'
import { idWithin, plainId, tokenId } from '../objects/object-id.ts'
import type { OcpiObjects } from '../objects/objects.ts'
import { isHub } from '../partners/hub.ts'
import type { ObjectMapper } from '../versions/version.ts'
import { mergeLocation, mergeSession, mergeShallow, putPart, readAgain } from './merge.ts'
import { byMethod, partOf, type WireLocation } from './sender.ts'

export type Pushed = 'locations' | 'sessions' | 'tariffs' | 'tokens'

export interface ReceiverDeps {
  readonly us: PartyRef
  readonly objects: OcpiObjects
  /** A token of ours that a 2.1.1 object names by its contract. */
  readonly ownToken: (contractId: string) => Promise<Token | undefined>
  /** A partner's object is stored; what depends on it goes on from here. */
  readonly onChanged: (
    partner: Partner,
    kind: Kind,
    object: Objects[Kind],
    gone: boolean,
    findings?: readonly string[],
  ) => Promise<void>
}
type Wire = Record<string, unknown>

/**
 * Receiver interface of a client-owned module (transport_and_format, "Client Owned Object Push"): the partner owns the object,
 * the URL says whose and which it is, PUT creates or replaces, PATCH changes fields, GET shows what we hold.
 */
export const receive = (kind: Pushed, deps: ReceiverDeps): Handler => {
  const { objects } = deps
  const held = async (call: Call, owner: PartyRef): Promise<{ doc: Stored<ObjectDoc>; wire: Wire } | undefined> => {
    const doc = await objects.get(call.partner._id, kind, idOf(kind, owner, call))
    if (doc === undefined || doc.gone) return undefined
    const wire =
      doc.wire?.version === call.version.number
        ? doc.wire.body
        : (mapperOf(call, kind).toWire(doc.object as never, { owner, holder: deps.us }) as Wire)
    return { doc: doc as Stored<ObjectDoc>, wire: wire as Wire }
  }

  const keep = async (
    call: Call,
    owner: PartyRef,
    wire: Wire,
    before?: Stored<ObjectDoc>,
    gone = false,
  ): Promise<'new' | 'changed' | 'same' | 'older'> => {
    const token = typeof wire.auth_id === 'string' ? await deps.ownToken(wire.auth_id) : undefined
    const object = mapperOf(call, kind).fromWire(wire, { owner, holder: deps.us, ...(token ? { token } : {}) })
    // Told on before it is kept: a crash between the two is mended by the partner's repetition, whose effects are idempotent.
    const known = before ?? (await objects.get(call.partner._id, kind, idWithin(kind, object as never)))
    if (known === undefined || known.lastUpdated <= object.last_updated)
      await deps.onChanged(call.partner, kind, object, gone)
    const outcome = await objects.putTheirs(call.partner._id, kind, object as never, {
      gone,
      // Where the model is the wire's own object there is nothing more to keep.
      ...((object as unknown) === wire ? {} : { wire: { version: call.version.number, body: wire } }),
      ...(known ? { known: known as Stored<ObjectDoc> } : {}),
    })
    return outcome
  }

  const put: Handler = async (call): Promise<Answer> => {
    const owner = ownerOf(call)
    const [, , id, evseUid, connectorId] = call.parts
    const { schema } = mapperOf(call, kind)
    if (kind === 'locations' && evseUid !== undefined) {
      const part = call.read(connectorId === undefined ? call.version.evse : call.version.connector) as Wire
      agree('id', connectorId ?? evseUid, part[connectorId === undefined ? 'uid' : 'id'])
      const known = await held(call, owner)
      if (known === undefined) throw unknownLocation(id!)
      const { location, created } = putPart(known.wire as unknown as WireLocation, part, evseUid, connectorId)
      await keep(call, owner, location as unknown as Wire, known.doc)
      return { http: created ? 201 : 200 }
    }
    const wire = call.read(schema) as Wire
    agree(kind === 'tokens' ? 'uid' : 'id', id!, wire[kind === 'tokens' ? 'uid' : 'id'])
    if (call.version.hasRoles) {
      agree('country_code', call.parts[0]!, wire.country_code)
      agree('party_id', call.parts[1]!, wire.party_id)
    }
    const outcome = await keep(call, owner, wire)
    return { http: outcome === 'new' ? 201 : 200 }
  }

  const patch: Handler = async (call): Promise<Answer> => {
    const owner = ownerOf(call)
    const [, , id, evseUid, connectorId] = call.parts
    const { schema } = mapperOf(call, kind)
    const level =
      evseUid === undefined ? schema : connectorId === undefined ? call.version.evse : call.version.connector
    const change = call.readPatch(level) as Wire
    // mod_locations, PATCH: any change says when it was made.
    if (typeof change.last_updated !== 'string') throw invalid('$.last_updated: it is required in a PATCH')
    const known = await held(call, owner)
    if (known === undefined) throw kind === 'locations' ? unknownLocation(id!) : notFound(`${kind} ${id}`)
    const merged =
      kind === 'locations'
        ? mergeLocation(known.wire as unknown as WireLocation, change, evseUid, connectorId)
        : kind === 'sessions'
          ? mergeSession(known.wire, change)
          : mergeShallow(known.wire, change)
    const read =
      evseUid === undefined
        ? (call.read(schema, merged) as Wire)
        : readAgain(merged, evseUid, (evse) => call.read(call.version.evse, evse) as Wire)
    await keep(call, owner, read, known.doc)
    return {}
  }

  const get: Handler = async (call): Promise<Answer> => {
    const known = await held(call, ownerOf(call))
    const [, , id, evseUid, connectorId] = call.parts
    if (known === undefined) throw notFound(`${kind} ${id}`)
    return {
      data: kind === 'locations' ? partOf(known.wire as unknown as WireLocation, evseUid, connectorId) : known.wire,
    }
  }

  /** mod_tariffs, DELETE: the only client-owned object that can be taken back. Kept here, because sessions may name it. */
  const remove: Handler = async (call): Promise<Answer> => {
    const known = await held(call, ownerOf(call))
    if (known === undefined) throw notFound(`${kind} ${call.parts[2]}`)
    const { object } = known.doc
    const at = { ...object, last_updated: object.last_updated }
    await objects.putTheirs(call.partner._id, kind, at as never, { gone: true })
    await deps.onChanged(call.partner, kind, at, true)
    return {}
  }

  const handlers: Partial<Record<string, Handler>> = { GET: get, PUT: put }
  if (kind !== 'tariffs') handlers.PATCH = patch
  if (kind === 'tariffs') handlers.DELETE = remove
  const dispatch = byMethod(handlers)
  const dispatch211 = byMethod({ ...handlers, PATCH: patch })
  return async (call) => {
    const { length } = call.parts
    if (length < 3 || length > (kind === 'locations' ? 5 : 3))
      throw notFound(`An object at ${kind}/${call.parts.join('/').slice(0, 80)}`)
    // 2.1.1 has a PATCH of tariffs (mod_tariffs 2.2.3), later versions have none.
    return call.version.hasRoles ? dispatch(call) : dispatch211(call)
  }
}

const mapperOf = (call: Call, kind: Kind): ObjectMapper => {
  const mapper = call.version.mapper[kind]
  if (mapper === undefined) throw notFound(`The module ${kind} of ${call.version.number}`)
  return mapper as ObjectMapper
}

/** The URL names the owner; it must be a party of this partner (transport_and_format, "Errors": 404), or come through a hub. */
export const ownerOf = (call: Call): PartyRef => {
  const [country_code, party_id] = call.parts as [string, string]
  const wanted = { country_code, party_id }
  const role = call.partner.roles.find((one) => sameParty(one, wanted))
  if (role !== undefined) return { country_code: role.country_code, party_id: role.party_id }
  if (isHub(call.partner)) return wanted
  throw notFound(`Party ${country_code}*${party_id} among those you registered`)
}

const idOf = (kind: Kind, owner: PartyRef, call: Call): string =>
  kind === 'tokens'
    ? tokenId(owner, call.parts[2]!, call.query.get('type') ?? undefined)
    : plainId(owner, call.parts[2]!)

/** transport_and_format, "Errors": URL and body name the same object, else 2001. */
const agree = (field: string, inUrl: string, inBody: unknown): void => {
  if (typeof inBody === 'string' && inBody.toUpperCase() === inUrl.toUpperCase()) return
  throw invalid(`The URL says ${field} ${inUrl.slice(0, 60)}, the body ${String(inBody).slice(0, 60)}`)
}

const unknownLocation = (id: string): Refused =>
  new Refused(404, ocpiStatus.unknownLocation, `Location ${id.slice(0, 60)} is not known here: send it whole by PUT`)
