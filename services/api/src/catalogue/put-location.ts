import {
  type Bus,
  type Clock,
  type Evse,
  type EvseKey,
  evseKey,
  type Location,
  newEvent,
  type Store,
  type Stored,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import type { Catalogue, NewLocation } from './catalogue.ts'
import type { EvseDoc, LocationDoc } from './collections.ts'
import { locationDoc, locationOf, writeLocation } from './location-doc.ts'
import { same } from './same.ts'

interface Deps {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
}

export const createPutLocation =
  ({ store, bus, clock }: Deps): Catalogue['putLocation'] =>
  async (wanted, also = []) => {
    const known = await store.get<LocationDoc>('api_locations', wanted.id)
    const at = clock().toISOString()
    const keys = wanted.evses.map(({ evseId }) => evseKey(evseId))
    if (new Set(keys).size < keys.length)
      throw new WerenodeError('invalid-input', `Location ${wanted.id} names an EVSE twice`, {
        hint: 'Separators and case do not tell EVSE ids apart.',
      })
    const indexed = new Map((await store.getMany<EvseDoc>('api_evses', keys)).map((doc) => [doc._id as EvseKey, doc]))
    await refuseTakenPlugs(store, wanted)
    const { ops: taken, from } = await takeFromOpenData(store, wanted.id, [...indexed.values()], clock())
    const next: Location = { ...wanted, evses: evsesAfter(known, wanted, at), lastUpdated: at }
    if (known && !known.gone && from.length === 0 && same({ ...locationOf(known), lastUpdated: at }, next)) return

    const entries = wanted.evses.map((evse): WriteOp => {
      const index = indexed.get(evseKey(evse.evseId))
      const doc: EvseDoc = {
        _id: evseKey(evse.evseId),
        evseId: evse.evseId,
        locationId: wanted.id,
        ...(evse.station ? { stationId: evse.station.stationId, evse: evse.station.evse } : {}),
        connectorStatus: index?.locationId === wanted.id ? index.connectorStatus : {},
      }
      return index ? { op: 'replace', in: 'api_evses', doc, rev: index._rev } : { op: 'insert', in: 'api_evses', doc }
    })
    const leaving = (known?.evses ?? []).map(({ evseId }) => evseKey(evseId)).filter((key) => !keys.includes(key))
    await bus.commit(
      [
        ...also,
        ...taken,
        ...writeLocation(locationDoc(next), known?._rev ?? 0),
        ...entries,
        ...(await unplugged(store, leaving)),
      ],
      [changed(wanted.id, (known?._rev ?? 0) + 1, wanted.position, clock())],
    )
  }

export const createRemoveLocation =
  ({ store, bus, clock }: Deps): Catalogue['removeLocation'] =>
  async (locationId, also = []) => {
    const known = await store.get<LocationDoc>('api_locations', locationId)
    if (!known) throw new WerenodeError('not-found', `There is no location ${locationId}`)
    if (known.gone) return
    const at = clock().toISOString()
    const evses = known.evses.map((evse): Evse => removed(evse, at))
    const doc = locationDoc({ ...locationOf(known), evses, lastUpdated: at }, { gone: true })
    const keys = known.evses.map(({ evseId }) => evseKey(evseId))
    await bus.commit(
      [...also, ...writeLocation(doc, known._rev), ...(await unplugged(store, keys))],
      [changed(locationId, known._rev + 1, known.position, clock())],
    )
  }

const changed = (locationId: string, rev: number, position: Location['position'], at: Date) =>
  newEvent({
    id: `catalogue:${locationId}:${rev}`,
    type: 'catalogue.changed',
    at,
    subject: `location.${locationId}`,
    data: { locationId, what: 'location', position },
  })

/** OCPI 2.2.1 §8.3.2: an EVSE is never deleted, because sessions may name it. */
const removed = (evse: Evse, at: string): Evse => {
  if (evse.status === 'REMOVED') return evse
  const { station: _plug, ...rest } = evse
  return { ...rest, status: 'REMOVED', statusAt: at, payable: false }
}

const evsesAfter = (known: LocationDoc | undefined, wanted: NewLocation, at: string): readonly Evse[] => {
  const before = new Map(known?.evses.map((evse) => [evseKey(evse.evseId), evse]))
  const evses = wanted.evses.map((evse): Evse => {
    const { status = 'UNKNOWN', statusAt = at } = before.get(evseKey(evse.evseId)) ?? {}
    return { ...evse, status: status === 'REMOVED' ? 'UNKNOWN' : status, statusAt }
  })
  const there = new Set(wanted.evses.map(({ evseId }) => evseKey(evseId)))
  return [
    ...evses,
    ...(known?.evses ?? []).filter(({ evseId }) => !there.has(evseKey(evseId))).map((evse) => removed(evse, at)),
  ]
}

/** EVSEs that leave no longer answer for a plug, so that another may. */
const unplugged = async (store: Store, keys: readonly EvseKey[]): Promise<readonly WriteOp[]> =>
  (await store.getMany<EvseDoc>('api_evses', keys))
    .filter(({ stationId }) => stationId !== undefined)
    .map(({ _rev, stationId: _station, evse: _number, ...doc }) => ({
      op: 'replace',
      in: 'api_evses',
      doc: { ...doc, connectorStatus: {} } as EvseDoc,
      rev: _rev,
    }))

/** One plug is one EVSE: what a station says must not be said of two. */
const refuseTakenPlugs = async (store: Store, wanted: NewLocation): Promise<void> => {
  for (const stationId of new Set(wanted.evses.flatMap(({ station }) => (station ? [station.stationId] : [])))) {
    const numbers = wanted.evses.flatMap(({ station }) => (station?.stationId === stationId ? [station.evse] : []))
    if (new Set(numbers).size < numbers.length)
      throw new WerenodeError('invalid-input', `Two EVSEs name the same plug of station ${stationId}`)
    const { items } = await store.find<EvseDoc>('api_evses', { stationId }, { limit: 1_000 })
    for (const { evseId, station } of wanted.evses) {
      if (station?.stationId !== stationId) continue
      const other = items.find((doc) => doc.evse === station.evse && doc._id !== evseKey(evseId))
      // Within one location two EVSEs may change plugs: then the other names another plug now.
      const moves = other && wanted.evses.find((evse) => evseKey(evse.evseId) === other._id)
      const freed =
        other?.locationId === wanted.id &&
        (!moves || moves.station?.stationId !== stationId || moves.station.evse !== station.evse)
      if (other && !freed)
        throw new WerenodeError('conflict', `EVSE ${station.evse} of station ${stationId} is ${other.evseId} already`, {
          hint: 'Remove it there first.',
        })
    }
  }
}

/** EVSEs that open data placed elsewhere leave there; those of a location somebody runs are refused. */
const takeFromOpenData = async (store: Store, locationId: string, indexed: readonly Stored<EvseDoc>[], at: Date) => {
  const elsewhere = indexed.filter((doc) => doc.locationId !== locationId)
  const from = await store.getMany<LocationDoc>('api_locations', [...new Set(elsewhere.map((doc) => doc.locationId))])
  const ops = from.flatMap(({ _rev, ...doc }): readonly WriteOp[] => {
    const leaving = elsewhere.filter((one) => one.locationId === doc._id)
    if (doc.source !== 'irve')
      throw new WerenodeError('conflict', `EVSE ${leaving[0]!.evseId} belongs to location ${doc._id}`, {
        hint: 'Remove it there first, or give this plug its own id.',
      })
    const keys = new Set(leaving.map(({ _id }) => _id))
    const evses = doc.evses.filter(({ evseId }) => !keys.has(evseKey(evseId)))
    const rest = locationDoc(
      { ...locationOf(doc as LocationDoc), evses, lastUpdated: at.toISOString() },
      { gone: evses.length === 0 },
    )
    return writeLocation(rest, _rev)
  })
  return { ops, from }
}
