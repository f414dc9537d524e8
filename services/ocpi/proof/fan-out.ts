import type { Doc, Store } from '@werenode/core'
import Fastify from 'fastify'
import type { createOcpiService } from '../src/index.ts'
import type { Location } from '../src/model/model.ts'
import { check } from '../src/schema/check.ts'
import * as v221 from '../src/v221/objects.ts'

type Ocpi = ReturnType<typeof createOcpiService>
interface Row extends Doc {
  readonly partnerId: string
  readonly owed: boolean
  readonly dueAt: string
  readonly to: number
}

/** Ten partners as they are after registration, whose doors are one bare server that takes everything at once. */
export const openPartners = async (store: Store, ocpi: Ocpi, count: number) => {
  let taken = 0
  const sink = Fastify({ forceCloseConnections: true })
  sink.all('/*', async () => {
    taken += 1
    return { status_code: 1000, timestamp: '2026-11-22T08:00:00.000Z' }
  })
  const address = await sink.listen({ port: 0, host: '127.0.0.1' })
  const ids: string[] = []
  for (let nr = 0; nr < count; nr += 1) {
    const { id, token } = await ocpi.partners.invite(`Partner ${nr}`)
    const { _rev, ...plain } = (await store.get<{ _id: string }>('ocpi_partners', id))!
    const party = { country_code: 'NL', party_id: `P${String(nr).padStart(2, '0')}` }
    const registered = {
      ...plain,
      state: 'registered',
      version: '2.2.1',
      theirToken: 'a token of theirs',
      ourTokens: [{ token, use: 'live' }],
      roles: [{ role: 'EMSP', ...party, business_details: { name: `Partner ${nr}` } }],
      endpoints: [{ identifier: 'locations', role: 'RECEIVER', url: `${address}/${nr}/locations` }],
    }
    await store.write([{ op: 'replace', in: 'ocpi_partners', doc: registered, rev: _rev }])
    ids.push(id)
  }
  return {
    ids,
    address,
    taken: (): number => taken,
    close: async (): Promise<void> => {
      for (const id of ids) await ocpi.partners.pause(id, true)
      await sink.close()
    },
  }
}

/** `changes` statuses of `places` in turn to all partners, by our outbox; resolves when all of them have arrived. */
export const pushByOutbox = async (given: {
  ocpi: Ocpi
  partners: Awaited<ReturnType<typeof openPartners>>
  places: readonly Location[]
  changes: number
  tick: () => string
}): Promise<number> => {
  const { ocpi, partners, places, changes, tick } = given
  let wanted = partners.taken()
  for (let from = 0; from < changes; from += places.length) {
    const part = places.slice(0, changes - from)
    wanted += part.length * partners.ids.length
    await Promise.all(part.map((place) => ocpi.putOwn('locations', turned(byOutbox, place, tick()))))
    // The same place is changed again only when its last status has arrived: a burst would be one push, and flatter us.
    await arrived(partners, wanted)
  }
  return changes * partners.ids.length
}

/** The floor of the same work: the object and a row per partner written, checked, sent by fetch, and each row written again. */
export const pushBare = async (given: {
  store: Store
  partners: Awaited<ReturnType<typeof openPartners>>
  places: readonly Location[]
  changes: number
  tick: () => string
}): Promise<number> => {
  const { store, partners, places, changes, tick } = given
  const one = async (place: Location): Promise<void> => {
    const location = turned(byHand, place, tick())
    const before = await store.get<Doc>('proof_bare', place.id)
    const at = location.last_updated
    const rows = partners.ids.map(
      (partnerId, to): Row => ({ _id: `${place.id}|${to}`, partnerId, owed: true, dueAt: at, to }),
    )
    const doc = { _id: place.id, owner: 'own', kind: 'locations', createdNr: 1, lastUpdated: at, object: location }
    await store.write([
      { op: 'put', in: 'proof_bare', doc: { ...doc, before: before?._id } as Doc },
      ...rows.map((row) => ({ op: 'put', in: 'proof_bare_owed', doc: row }) as const),
    ])
    if (check(v221.location, location).length > 0) throw new Error('A location of the proof breaks OCPI')
    const [evse] = location.evses!
    const body = JSON.stringify({ status: evse!.status, last_updated: evse!.last_updated })
    await Promise.all(
      rows.map(async (row) => {
        const url = `${partners.address}/${row.to}/locations/FR/WRN/${place.id}/${evse!.uid}`
        const headers = { authorization: 'Token x', 'content-type': 'application/json' }
        const answer = await fetch(url, { method: 'PATCH', headers, body })
        await answer.json()
        await store.write([{ op: 'put', in: 'proof_bare_owed', doc: { ...row, owed: false } as Row }])
      }),
    )
  }
  for (let from = 0; from < changes; from += places.length) await Promise.all(places.slice(0, changes - from).map(one))
  return changes * partners.ids.length
}

type Statuses = Map<string, 'AVAILABLE' | 'CHARGING'>
/** Each side turns its own: what one has changed is no change for the other. */
const [byOutbox, byHand]: readonly [Statuses, Statuses] = [new Map(), new Map()]
const turned = (statuses: Statuses, place: Location, at: string): Location => {
  const status = statuses.get(place.id) === 'CHARGING' ? 'AVAILABLE' : 'CHARGING'
  statuses.set(place.id, status)
  const [first, ...rest] = place.evses!
  return { ...place, evses: [{ ...first!, status, last_updated: at }, ...rest], last_updated: at }
}

const arrived = async (partners: Awaited<ReturnType<typeof openPartners>>, count: number): Promise<void> => {
  const end = Date.now() + 60_000
  while (partners.taken() < count) {
    if (Date.now() > end) throw new Error(`Only ${partners.taken()} of ${count} pushes arrived within a minute`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
