import type { Store, Stored } from '@werenode/core'
import Fastify, { type FastifyInstance } from 'fastify'
import { collections, type ObjectDoc } from '../src/collections.ts'
import type { Location } from '../src/model/model.ts'
import { mergeLocation, readAgain } from '../src/modules/merge.ts'
import type { WireLocation } from '../src/modules/sender.ts'
import { accept, acceptPatch } from '../src/schema/accept.ts'
import { check } from '../src/schema/check.ts'
import * as v221 from '../src/v221/objects.ts'

/**
 * The floor of the same work: routes with the same schema and the same reads and writes of the store, and nothing else: no
 * authorisation, no versions, no windows, no routing, no rules of who may write what, no consequences.
 */
export const bareServer = (store: Store): FastifyInstance => {
  const app = Fastify()
  const cursors = new Map<number, string>()

  app.get('/pull', async (request) => {
    const { offset, limit } = request.query as Record<string, string>
    const at = Number(offset)
    const filter = { owner: 'own', kind: 'locations', gone: { $exists: false } }
    const after = cursors.get(at)
    const total = await store.count('ocpi_objects', filter)
    const { items, next } = await store.find<ObjectDoc<'locations'>>('ocpi_objects', filter, {
      sort: [['createdNr', 1]],
      limit: Number(limit),
      ...(after ? { after } : {}),
    })
    if (next !== undefined) cursors.set(at + items.length, next)
    return {
      data: items.map(({ object }) => object).filter((object) => check(v221.location, object).length === 0),
      total,
    }
  })

  app.patch('/push/:id/:evse', async (request) => {
    const { id, evse } = request.params as { id: string; evse: string }
    // The same document, in the same collection with the same indexes, as the service keeps.
    const known = (await store.get<ObjectDoc<'locations'>>('ocpi_objects', id)) as Stored<ObjectDoc<'locations'>>
    const change = acceptPatch(v221.evse, request.body)
    if (!change.ok) return { status_code: 2001 }
    let whole = true
    const merged = mergeLocation(known.object as unknown as WireLocation, change.value, evse)
    const object = readAgain(merged, evse, (one) => {
      const read = accept(v221.evse, one)
      if (!read.ok) whole = false
      return read.ok ? (read.value as typeof one) : one
    }) as unknown as Location
    if (!whole) return { status_code: 2001 }
    const { _rev, ...plain } = known
    const doc = { ...plain, object, lastUpdated: object.last_updated }
    await store.write([{ op: 'replace', in: 'ocpi_objects', doc, rev: _rev }])
    return { status_code: 1000 }
  })
  app.addHook('onReady', async () =>
    // As the service's own: an index costs both the same.
    store.define([
      { name: 'proof_bare', indexes: collections.find(({ name }) => name === 'ocpi_objects')?.indexes ?? [] },
      { name: 'proof_bare_owed', indexes: collections.find(({ name }) => name === 'ocpi_outbox')?.indexes ?? [] },
    ]),
  )
  return app
}
