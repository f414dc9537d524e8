import { setImmediate } from 'node:timers/promises'
import { evseKey, type Location, type Store, type WriteOp } from '@werenode/core'
import type { EvseDoc, LocationDoc, PlaceDoc } from '../catalogue/collections.ts'
import { locationDoc, locationOf, writeLocation } from '../catalogue/location-doc.ts'
import type { Findings } from './finding.ts'
import { importHashOf } from './station.ts'

/** Writes what changed; returns how many. EVSEs that somebody runs here stay where they are. */
export const writeStations = async (store: Store, wanted: readonly Location[], findings: Findings): Promise<number> => {
  const known = new Map(
    (
      await store.getMany<LocationDoc>(
        'api_locations',
        wanted.map(({ id }) => id),
      )
    ).map((doc) => [doc._id, doc]),
  )
  const keys = wanted.flatMap(({ evses }) => evses.map(({ evseId }) => evseKey(evseId)))
  const indexed = new Map((await store.getMany<EvseDoc>('api_evses', keys)).map((doc) => [doc._id as string, doc]))
  const elsewhere = (evseId: string, locationId: string): boolean => {
    const held = indexed.get(evseKey(evseId))
    return held !== undefined && held.locationId !== locationId && !held.locationId.startsWith('irve-')
  }
  const ops: WriteOp[] = []
  let written = 0
  for (const whole of wanted) {
    const evses = whole.evses.filter(({ evseId }) => !elsewhere(evseId, whole.id))
    if (evses.length < whole.evses.length)
      findings.add({
        line: 0,
        id: whole.id,
        what: 'evse-owned',
        fate: 'skipped',
        words: `${whole.evses.length - evses.length} EVSEs are run here by their operator`,
      })
    const location = { ...whole, evses }
    const importHash = importHashOf(location)
    const before = known.get(location.id)
    if (before?.importHash === importHash && !before.gone) continue
    written += 1
    ops.push(...writeLocation(locationDoc(location, { importHash, gone: evses.length === 0 }), undefined))
    for (const { evseId } of evses) {
      const doc: EvseDoc = { _id: evseKey(evseId), evseId, locationId: location.id, connectorStatus: {} }
      const index = indexed.get(doc._id)
      if (index?.locationId !== location.id || index.evseId !== evseId) ops.push({ op: 'put', in: 'api_evses', doc })
    }
  }
  if (ops.length > 0) await store.write(ops)
  return written
}

/** Stations that left the source are kept, because sessions elsewhere may name them, but no longer found. */
export const markGone = async (store: Store, there: ReadonlySet<string>, at: Date): Promise<number> => {
  let after: string | undefined
  let gone = 0
  do {
    const page = await store.find<PlaceDoc>(
      'api_places',
      { source: 'irve', gone: false },
      { sort: [['_id', 1]], limit: 500, ...(after === undefined ? {} : { after }) },
    )
    const left = page.items.map(({ _id }) => _id).filter((id) => !there.has(id))
    const docs = await store.getMany<LocationDoc>('api_locations', left)
    const ops = docs.flatMap((doc) =>
      writeLocation(locationDoc({ ...locationOf(doc), lastUpdated: at.toISOString() }, { gone: true }), undefined),
    )
    if (ops.length > 0) await store.write(ops)
    gone += left.length
    after = page.next
    await setImmediate()
  } while (after !== undefined)
  return gone
}
