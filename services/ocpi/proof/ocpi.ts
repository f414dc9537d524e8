import type { Bus, Store } from '@werenode/core'
import Fastify, { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import type { ObjectDoc } from '../src/collections.ts'
import type { Location } from '../src/model/model.ts'
import { createOcpiService } from '../src/service.ts'
import { bareServer } from './bare.ts'
import { openPartners, pushBare, pushByOutbox } from './fan-out.ts'

/** A figure with its bar, as the programs of proof/ print them. */
interface Figure {
  readonly value: number | string | boolean
  readonly bar?: number | string | boolean
  readonly holds: boolean
}
const bar = 2
const us = { country_code: 'FR', party_id: 'WRN' }
const theirs = { country_code: 'DE', party_id: 'ABC' }
const pageOf = 250

/**
 * CPU per object of a full pull of 30,000 EVSEs (3,000 when quick) and of EVSE status pushes as we receive them, against bare Fastify
 * handlers with the same schema and the same store work, side by side in one process. The store is empty and the caller's to close.
 */
export const proveOcpi = async (deps: {
  store: Store
  bus: Bus
  report: (text: string) => void
  long: boolean
}): Promise<Readonly<Record<string, Figure>>> => {
  const { store, bus, report, long } = deps
  const log = pino({ level: 'silent' })
  const ocpi = createOcpiService({
    store,
    bus,
    clock: () => new Date(),
    log,
    origin: 'http://127.0.0.1:1',
    party: { ...us, name: 'Werenode' },
    pullEveryMs: 0,
  })
  await ocpi.start()
  const app = Fastify()
  await app.register(ocpi.routes)
  const bare = bareServer(store)
  try {
    const places = long ? 15_000 : 1_500
    report(`putting ${places * 2} EVSEs`)
    for (let from = 0; from < places; from += 200)
      await Promise.all(
        Array.from({ length: Math.min(200, places - from) }, (_, i) =>
          ocpi.putOwn('locations', place(us, `P${from + i}`)),
        ),
      )
    const token = await registeredToken(store, ocpi)
    report('pulling them page by page')
    const pull = (target: FastifyInstance, path: string) => async (): Promise<number> => {
      let objects = 0
      for (let offset = 0; offset < places; offset += pageOf) {
        const answer = await target.inject({
          url: `${path}?offset=${offset}&limit=${pageOf}`,
          headers: { authorization: `Token ${token}` },
        })
        objects += (answer.json() as { data: unknown[] }).data.length
      }
      return objects
    }
    const pulled = await sideBySide(pull(app, '/ocpi/cpo/2.2.1/locations'), pull(bare, '/pull'), long ? 5 : 9)
    report('taking status pushes')
    const rounds = long ? 500 : 100
    await app.inject({
      method: 'PUT',
      url: '/ocpi/emsp/2.2.1/locations/DE/ABC/X',
      headers: { authorization: `Token ${token}` },
      payload: place(theirs, 'X'),
    })
    const taken = (await store.find<ObjectDoc>('ocpi_objects', { kind: 'locations', owner: { $ne: 'own' } })).items[0]!
    const { _rev, ...same } = taken
    const doc: ObjectDoc = { ...same, _id: 'BARE', owner: 'bare' }
    await store.write([{ op: 'insert', in: 'ocpi_objects', doc }])
    let tick = Date.parse('2026-11-22T08:00:00Z')
    const push = (target: FastifyInstance, url: string) => async (): Promise<number> => {
      for (let i = 0; i < rounds; i += 1) {
        tick += 1_000
        const payload = { status: i % 2 === 0 ? 'CHARGING' : 'AVAILABLE', last_updated: new Date(tick).toISOString() }
        const answer = await target.inject({
          method: 'PATCH',
          url,
          headers: { authorization: `Token ${token}` },
          payload,
        })
        if (answer.statusCode !== 200) throw new Error(answer.body)
      }
      return rounds
    }
    const pushed = await sideBySide(
      push(app, '/ocpi/emsp/2.2.1/locations/DE/ABC/X/X-1'),
      push(bare, '/push/BARE/X-1'),
      15,
    )
    report('pushing statuses to 10 partners')
    const partners = await openPartners(store, ocpi, 10)
    const streets = Array.from({ length: 20 }, (_, nr) => place(us, `PUSH${nr}`))
    const changes = long ? 100 : 20
    const next = (): string => {
      tick += 1_000
      return new Date(tick).toISOString()
    }
    // The first push of a place is its whole; from then on statuses travel alone.
    await pushByOutbox({ ocpi, partners, places: streets, changes: streets.length, tick: next })
    const sent = await sideBySide(
      () => pushByOutbox({ ocpi, partners, places: streets, changes, tick: next }),
      () => pushBare({ store, partners, places: streets, changes, tick: next }),
      15,
    )
    await partners.close()
    return {
      'CPU per status push sent to one of 10 partners, us': { value: round(sent.oursUs), holds: true },
      'status push sent, times a bare sender': { value: round(sent.ratio), bar: `<= ${bar}`, holds: sent.ratio <= bar },
      'EVSEs pulled': { value: pulled.objects * 2, bar: places * 2, holds: pulled.objects === places },
      'CPU per location pulled, us': { value: round(pulled.oursUs), holds: true },
      'pull, times a bare handler': { value: round(pulled.ratio), bar: `<= ${bar}`, holds: pulled.ratio <= bar },
      'CPU per status push taken, us': { value: round(pushed.oursUs), holds: true },
      'status push, times a bare handler': { value: round(pushed.ratio), bar: `<= ${bar}`, holds: pushed.ratio <= bar },
    }
  } finally {
    await bare.close()
    await app.close()
    await ocpi.stop()
  }
}

/** A partner as it is after its registration, without a second node. */
const registeredToken = async (store: Store, ocpi: ReturnType<typeof createOcpiService>): Promise<string> => {
  const { id, token } = await ocpi.partners.invite('Proof')
  const partner = (await store.get<{ _id: string; ourTokens: readonly { token: string }[] }>('ocpi_partners', id))!
  const { _rev, ...plain } = partner
  const registered = {
    ...plain,
    state: 'registered',
    version: '2.2.1',
    theirToken: 'unused',
    ourTokens: [{ token, use: 'live' }],
    roles: (['CPO', 'EMSP'] as const).map((role) => ({ role, ...theirs, business_details: { name: 'Proof' } })),
  }
  await store.write([{ op: 'replace', in: 'ocpi_partners', doc: registered, rev: _rev }])
  return token
}

/**
 * Many short rounds of both in turn, each beginning the pair every other time, so that the machine's moods meet both. A pair's ratio
 * is of neighbours in time; the middle one counts. The first pairs warm up and are not counted.
 */
const sideBySide = async (ours: () => Promise<number>, floor: () => Promise<number>, pairs: number) => {
  const each = async (run: () => Promise<number>): Promise<{ objects: number; us: number }> => {
    const before = process.cpuUsage()
    const objects = await run()
    const { user, system } = process.cpuUsage(before)
    return { objects, us: (user + system) / objects }
  }
  const seen: { objects: number; oursUs: number; ratio: number }[] = []
  for (let pair = -warmUps; pair < pairs; pair += 1) {
    const floorFirst = pair % 2 === 0 ? await each(floor) : undefined
    const { objects, us: oursUs } = await each(ours)
    const { us: floorUs } = floorFirst ?? (await each(floor))
    if (pair >= 0) seen.push({ objects, oursUs, ratio: oursUs / floorUs })
  }
  return {
    objects: seen[0]!.objects,
    oursUs: middle(seen.map(({ oursUs }) => oursUs)),
    ratio: middle(seen.map(({ ratio }) => ratio)),
  }
}
const warmUps = 2
const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

const round = (value: number): number => Math.round(value * 100) / 100

const place = (party: typeof us, id: string): Location => {
  const at = '2026-11-22T07:00:00.000Z'
  return {
    ...party,
    id,
    publish: true,
    name: `Place ${id}`,
    address: '1 Rue de la Paix',
    city: 'Paris',
    postal_code: '75002',
    country: 'FRA',
    coordinates: { latitude: '48.868900', longitude: '2.331000' },
    evses: [1, 2].map((nr) => ({
      uid: `${id}-${nr}`,
      evse_id: `${party.country_code}*${party.party_id}*E${id}${nr}`,
      status: 'AVAILABLE',
      capabilities: ['REMOTE_START_STOP_CAPABLE', 'RFID_READER'],
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 230,
          max_amperage: 32,
          max_electric_power: 22_000,
          tariff_ids: ['PLAIN'],
          last_updated: at,
        },
      ],
      last_updated: at,
    })),
    operator: { name: 'Werenode' },
    time_zone: 'Europe/Paris',
    opening_times: { twentyfourseven: true },
    last_updated: at,
  }
}
