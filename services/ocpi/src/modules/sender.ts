import type { Store } from '@werenode/core'
import type { Logger } from 'pino'
import type { ObjectDoc } from '../collections.ts'
import type { Call, Handler } from '../http/call.ts'
import { type Answer, invalid, methodNotAllowed, notFound } from '../http/envelope.ts'
import { partyKey } from '../http/routing.ts'
import { type MapContext, NotExpressible } from '../model/map-context.ts'
import type { Kind, PartyRef } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import type { createPager } from '../objects/page.ts'
import { isHub } from '../partners/hub.ts'
import { check } from '../schema/check.ts'
import { readDateTime } from '../schema/date-time.ts'

export interface SenderDeps {
  readonly store: Store
  readonly log: Logger
  readonly us: PartyRef
  readonly page: ReturnType<typeof createPager>
  /** Most objects of one page; X-Limit. */
  readonly limit: number
}

/** Kinds of object that are for one party, and none of the others' business. */
const concernsOne: ReadonlySet<Kind> = new Set([
  'sessions',
  'cdrs',
  'invoicereconciliation',
  'terminals',
  'financialadvices',
  'bookings',
])

/** Sender interface, GET list: our objects by date window and page (transport_and_format, "Paginated Request"). */
export const listOwn = (kind: Kind, { store, log, us, page, limit: cap }: SenderDeps): Handler => {
  return async (call): Promise<Answer> => {
    const mapper = call.version.mapper[kind]
    if (mapper === undefined) throw notFound(`The module ${kind} of ${call.version.number}`)
    const query = readWindow(call.query)
    const limit = Math.min(query.limit ?? cap, cap)
    const forParties = concernsOne.has(kind) ? partiesOf(call) : undefined
    const { items, total } = await page({ kind, ...query, limit, ...(forParties ? { forParties } : {}) })
    const locations = await locationsOf(store, items, us, call.version.hasRoles)
    const written: string[] = []
    for (const doc of items) {
      const wire = writeOut(doc, { owner: us, holder: us, ...locations(doc) })
      if (wire !== undefined) written.push(wire)
    }
    const next = query.offset + items.length
    return {
      json: `[${written.join(',')}]`,
      headers: {
        'x-total-count': String(total),
        'x-limit': String(cap),
        ...(next < total && items.length > 0 ? { link: `<${linkTo(call, next, limit)}>; rel="next"` } : {}),
      },
    }

    function writeOut(doc: ObjectDoc, context: MapContext): string | undefined {
      try {
        const wire = mapper!.toWire(doc.object as never, context)
        const problems = check(mapper!.schema, wire)
        if (problems.length === 0) return JSON.stringify(wire)
        log.warn(
          { object: doc._id, version: call.version.number, problem: problems[0] },
          'An object was left out of a page',
        )
      } catch (error) {
        if (!(error instanceof NotExpressible)) throw error
        log.info(
          { object: doc._id, version: call.version.number, why: error.message },
          'An object was left out of a page',
        )
      }
      return undefined
    }
  }
}

/** 2.1.1 writes whole locations into sessions and CDRs. */
const locationsOf = async (store: Store, items: readonly ObjectDoc[], us: PartyRef, hasRoles: boolean) => {
  if (hasRoles) return () => ({})
  const idOf = ({ kind, object }: ObjectDoc): string | undefined => {
    const id =
      kind === 'sessions'
        ? (object as { location_id: string }).location_id
        : kind === 'cdrs'
          ? (object as { cdr_location: { id: string } }).cdr_location.id
          : undefined
    return id === undefined ? undefined : docId('own', 'locations', plainId(us, id))
  }
  const ids = [...new Set(items.map(idOf).filter((id) => id !== undefined))]
  const docs = ids.length === 0 ? [] : await store.getMany<ObjectDoc<'locations'>>('ocpi_objects', ids)
  const byId = new Map(docs.map((doc) => [doc._id, doc.object]))
  return (doc: ObjectDoc) => {
    const location = byId.get(idOf(doc) ?? '')
    return location ? { location } : {}
  }
}

/** The parties that may see what concerns one party only. Through a hub: the one that asks. */
const partiesOf = ({ partner, routing }: Call): readonly string[] | undefined => {
  if (!isHub(partner)) return partner.roles.map(partyKey)
  return routing.from ? [partyKey(routing.from)] : undefined
}

/** date_from is inclusive, date_to exclusive, both on last_updated. */
export const readWindow = (
  query: URLSearchParams,
): { dateFrom?: string; dateTo?: string; offset: number; limit?: number } => {
  const date = (name: string): string | undefined => {
    const text = query.get(name)
    if (text === null || text === '' || text === 'None' || text === 'null') return undefined
    const millis = readDateTime(text)
    if (millis === undefined) throw invalid(`${name}: "${text.slice(0, 40)}" is not a date and time`)
    return new Date(millis).toISOString()
  }
  const count = (name: string, least: number): number | undefined => {
    const text = query.get(name)
    if (text === null || text === '') return undefined
    if (!/^\d{1,9}$/.test(text) || Number(text) < least)
      throw invalid(`${name}: "${text.slice(0, 40)}" is not a number from ${least}`)
    return Number(text)
  }
  const dateFrom = date('date_from')
  const dateTo = date('date_to')
  const limit = count('limit', 1)
  return {
    offset: count('offset', 0) ?? 0,
    ...(limit === undefined ? {} : { limit }),
    ...(dateFrom === undefined ? {} : { dateFrom }),
    ...(dateTo === undefined ? {} : { dateTo }),
  }
}

/** The next page keeps the filters that were given, and always names its limit. */
const linkTo = (call: Call, offset: number, limit: number): string => {
  const query = new URLSearchParams(call.query)
  query.set('offset', String(offset))
  query.set('limit', String(limit))
  return `${call.base}?${query}`
}

/** Sender interface of locations, GET object: a location, one EVSE of it, or one connector. */
export const getOwnLocation = ({ store, us }: SenderDeps): Handler => {
  return async (call): Promise<Answer> => {
    const [id, evseUid, connectorId] = call.parts
    const doc = await store.get<ObjectDoc<'locations'>>('ocpi_objects', docId('own', 'locations', plainId(us, id!)))
    if (doc === undefined || doc.gone) throw notFound(`Location ${id}`)
    const wire = call.version.mapper.locations!.toWire(doc.object, { owner: us, holder: us }) as WireLocation
    return { data: partOf(wire, evseUid, connectorId) }
  }
}

export interface WireEvse {
  readonly uid: string
  readonly connectors: readonly { readonly id: string }[]
}
export interface WireLocation {
  readonly id: string
  readonly evses?: readonly WireEvse[]
}
export const sameId = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase()

/** A location, one of its EVSEs, or one connector of that. @throws Refused 404. */
export const partOf = (location: WireLocation, evseUid?: string, connectorId?: string): unknown => {
  if (evseUid === undefined) return location
  const evse = location.evses?.find(({ uid }) => sameId(uid, evseUid))
  if (evse === undefined) throw notFound(`EVSE ${evseUid} of location ${location.id}`)
  if (connectorId === undefined) return evse
  const connector = evse.connectors.find(({ id }) => sameId(id, connectorId))
  if (connector === undefined) throw notFound(`Connector ${connectorId} of EVSE ${evseUid}`)
  return connector
}

/** Methods by name; anything else is 405. */
export const byMethod = (handlers: Readonly<Partial<Record<string, Handler>>>): Handler => {
  return async (call) => {
    const handler = handlers[call.method]
    if (handler === undefined) throw methodNotAllowed(`${call.method} is not possible here`, Object.keys(handlers))
    return handler(call)
  }
}
