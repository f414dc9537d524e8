import type { Store } from '@werenode/core'
import Fastify, { type FastifyInstance } from 'fastify'
import type { PlaceDoc } from '../src/catalogue/collections.ts'
import { summaryOf } from '../src/catalogue/summary.ts'
import type { ProofSession } from './api.ts'

/**
 * The floor of the same work: routes with the same store call and the same answer, and nothing else: no parsing of input, no limits,
 * no identity, no headers, no ETag, no bus.
 */
export const bareServer = (store: Store): FastifyInstance => {
  const app = Fastify()
  const number = (text: unknown): number => Number(text)
  const filter = { gone: false }

  app.get('/list', async (request) => {
    const { limit } = request.query as Record<string, string>
    const { items, next } = await store.find<PlaceDoc>('api_places', filter, {
      sort: [['_id', 1]],
      limit: number(limit),
    })
    return { items: items.map((doc) => summaryOf(doc)), next }
  })
  app.get('/box', async (request) => {
    const { box, limit } = request.query as Record<string, string>
    const [west, south, east, north] = box!.split(',').map(Number)
    const docs = await store.box<PlaceDoc>('api_places', {
      west: west!,
      south: south!,
      east: east!,
      north: north!,
      limit: number(limit) + 1,
      filter,
    })
    return { items: docs.slice(0, number(limit)).map((doc) => summaryOf(doc)) }
  })
  app.get('/near', async (request) => {
    const { lat, lon, radiusM, limit } = request.query as Record<string, string>
    const rows = await store.near<PlaceDoc>('api_places', {
      lat: number(lat),
      lon: number(lon),
      radiusM: number(radiusM),
      limit: number(limit) + 1,
      filter,
    })
    return { items: rows.slice(0, number(limit)).map(({ doc, distanceM }) => summaryOf(doc, distanceM)) }
  })
  app.get('/session/:id', async (request) => {
    const { id } = request.params as { id: string }
    const { view } = (await store.get<ProofSession>('proof_sessions', id))!
    return view
  })
  return app
}
