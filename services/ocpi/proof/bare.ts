import type { Doc, Store } from '@werenode/core'
import Fastify, { type FastifyInstance } from 'fastify'
import type { ObjectDoc } from '../src/collections.ts'
import { mergeLocation } from '../src/modules/merge.ts'
import type { WireLocation } from '../src/modules/sender.ts'
import { accept, acceptPatch } from '../src/schema/accept.ts'
import { check } from '../src/schema/check.ts'
import * as v221 from '../src/v221/objects.ts'

interface Kept extends Doc {
  readonly wire: WireLocation
}

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
    const known = await store.get<Kept>('proof_bare', id)
    const wire =
      known?.wire ??
      (
        await store.find<ObjectDoc<'locations'>>(
          'ocpi_objects',
          { kind: 'locations', owner: { $ne: 'own' } },
          { limit: 1 },
        )
      ).items[0]!.object
    const change = acceptPatch(v221.evse, request.body)
    if (!change.ok) return { status_code: 2001 }
    const merged = accept(v221.location, mergeLocation(wire as unknown as WireLocation, change.value, evse))
    if (!merged.ok) return { status_code: 2001 }
    const doc: Kept = { _id: id, wire: merged.value as unknown as WireLocation }
    await store.write([
      known ? { op: 'replace', in: 'proof_bare', doc, rev: known._rev } : { op: 'insert', in: 'proof_bare', doc },
    ])
    return { status_code: 1000 }
  })
  app.addHook('onReady', async () => store.define([{ name: 'proof_bare' }]))
  return app
}
