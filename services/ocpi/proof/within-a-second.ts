import { type Bus, type EvseId, type EvseStatus, type Location, newEvent, type Party, type Store } from '@werenode/core'
import Fastify, { type FastifyInstance } from 'fastify'
import getPort from 'get-port'
import { pino } from 'pino'
import type { CataloguePort } from '../src/catalogue/port.ts'
import { createOcpiService } from '../src/service.ts'

type House = { readonly store: Store; readonly bus: Bus; close(): Promise<void> }
type Told = (key: string, atMs: number) => void
const places = 20

/**
 * How long it takes from a change in one node's catalogue until it stands in its partner's: two whole roaming services over real HTTP,
 * each with a durable store of its own, registered by 2.2.1's handshake in the newest version. Then the partner is away, and comes back.
 */
export const proveWithinASecond = async (deps: {
  open: () => Promise<House>
  report: (text: string) => void
  /** Turns of each of twenty places, and changes of a tariff. */
  rounds: number
  changes: number
}) => {
  const { open, report, rounds, changes } = deps
  const [ours, theirs] = [await open(), await open()]
  const statuses = new Map<string, { status: EvseStatus; at: string }>()
  const waiting = new Map<string, number>()
  const tookMs: number[] = []
  const told: Told = (key, atMs) => {
    const since = waiting.get(key)
    if (since === undefined) return
    waiting.delete(key)
    tookMs.push(atMs - since)
  }
  const one = await openNode(ours, { country_code: 'FR', party_id: 'WRN', name: 'Werenode' }, ownCatalogue(statuses))
  const other = await openNode(theirs, { country_code: 'DE', party_id: 'ABC', name: 'Other' }, theirCatalogue(told))
  try {
    const invitation = await other.ocpi.partners.invite('Werenode')
    await one.ocpi.partners.add({ url: invitation.url, token: invitation.token })
    const partnerId = (await one.ocpi.partners.list())[0]!.id
    await settled(one, partnerId)

    const turn = async (nr: number, round: number): Promise<void> => {
      const status = round % 2 === 0 ? 'CHARGING' : 'AVAILABLE'
      const at = new Date().toISOString()
      statuses.set(`P${nr}`, { status, at })
      waiting.set(`P${nr} ${status}`, performance.now())
      const data = { locationId: `P${nr}`, what: 'status', status, statusAt: at } as const
      await ours.bus.commit(
        [],
        [newEvent({ id: `${nr}|${at}|${round}`, type: 'catalogue.changed', at, subject: `location.P${nr}`, data })],
      )
    }
    report(`telling statuses to a partner, ${perSecond} a second`)
    for (let round = 0; round < rounds; round += 1)
      for (let nr = 0; nr < places; nr += 1) {
        await turn(nr, round)
        await new Promise((resolve) => setTimeout(resolve, 1_000 / perSecond))
      }
    await until(() => waiting.size === 0, `${waiting.size} statuses did not arrive`)
    const status = tookMs.splice(0)

    report('telling tariffs')
    for (let nr = 1; nr <= changes; nr += 1) {
      const at = new Date().toISOString()
      const price = (300 + nr) / 1_000
      tariffs.set('DAY', price)
      waiting.set(`DAY ${price}`, performance.now())
      await ours.bus.commit(
        [],
        [
          newEvent({
            id: `t${nr}|${at}`,
            type: 'tariff.changed',
            at,
            subject: 'tariff.DAY',
            data: { tariffId: 'DAY', gone: false },
          }),
        ],
      )
      await until(() => waiting.size === 0, 'A tariff did not arrive')
    }
    const tariff = tookMs.splice(0)

    report('the partner is away, and comes back')
    await other.down()
    for (let round = 0; round < 3; round += 1) {
      for (let nr = 0; nr < places; nr += 1) await turn(nr, rounds + round)
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    const last = (rounds + 2) % 2 === 0 ? 'CHARGING' : 'AVAILABLE'
    await until(async () => (await one.ocpi.partners.get(partnerId)).waiting >= places, 'Nothing was owed')
    await other.up()
    const backAt = performance.now()
    await until(async () => (await one.ocpi.partners.get(partnerId)).waiting === 0, 'The partner did not catch up')
    const caughtUpMs = performance.now() - backAt
    const shown = await Promise.all(
      Array.from({ length: places }, async (_, nr) => {
        const doc = await other.ocpi.object(invitation.id, 'locations', `FR|WRN|P${nr}`)
        return doc?.object.evses?.[0]?.status === last
      }),
    )
    return {
      statuses: percentiles(status),
      tariffs: percentiles(tariff),
      caughtUpMs: Math.round(caughtUpMs),
      caughtUp: shown.filter(Boolean).length,
      places,
    }
  } finally {
    await one.close()
    await other.close()
    await ours.close()
    await theirs.close()
  }
}
const perSecond = 20

const percentiles = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!)
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) }
}

const until = async (holds: () => boolean | Promise<boolean>, otherwise: string): Promise<void> => {
  const end = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(otherwise)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const settled = async (node: { ocpi: ReturnType<typeof createOcpiService> }, id: string): Promise<void> =>
  until(async () => (await node.ocpi.partners.get(id)).waiting === 0, 'The partner is still owed something')

/** A roaming service behind a door that can be shut. */
const openNode = async (
  { store, bus }: House,
  party: { country_code: string; party_id: string; name: string },
  catalogue: CataloguePort,
) => {
  let app: FastifyInstance = Fastify({ forceCloseConnections: true })
  const host = '127.0.0.1'
  // The port is known only once it is listened on, and the service must know its address before.
  const port = await getPort({ host: '127.0.0.1' })
  const ocpi = createOcpiService({
    store,
    bus,
    clock: () => new Date(),
    log: pino({ level: 'silent' }),
    origin: `http://${host}:${port}`,
    party,
    catalogue,
    pullEveryMs: 0,
  })
  const up = async (): Promise<void> => {
    app = Fastify({ forceCloseConnections: true })
    await app.register(ocpi.routes)
    await app.listen({ port, host })
  }
  await up()
  await ocpi.start()
  return {
    ocpi,
    up,
    down: async () => app.close(),
    close: async (): Promise<void> => {
      await ocpi.stop()
      await app.close()
    },
  }
}

const tariffs = new Map([['DAY', 0.3]])
const tariffOf = (id: string, price: number) => ({
  country_code: 'FR',
  party_id: 'WRN',
  id,
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price, vat: 20, step_size: 1 }] }],
  last_updated: new Date().toISOString(),
})

const ownCatalogue = (statuses: ReadonlyMap<string, { status: EvseStatus; at: string }>): CataloguePort => {
  const placeOf = (id: string): Location => ({
    id,
    party: 'FR*WRN' as Party,
    operatorName: 'Werenode',
    name: `Place ${id}`,
    address: '1 Rue de la Paix',
    city: 'Paris',
    countryCode: 'FR',
    position: { lon: 2.331, lat: 48.8689 },
    timeZone: 'Europe/Paris',
    evses: [
      {
        uid: `${id}-1`,
        evseId: `FR*WRN*E${id}1` as EvseId,
        status: statuses.get(id)?.status ?? 'AVAILABLE',
        statusAt: statuses.get(id)?.at ?? '2026-11-22T07:00:00.000Z',
        connectors: [
          {
            id: 1,
            standard: 'IEC_62196_T2',
            format: 'SOCKET',
            powerType: 'AC_3_PHASE',
            maxPowerW: 22_000,
            tariffIds: ['DAY'],
          },
        ],
        payable: true,
      },
    ],
    source: 'own',
    lastUpdated: statuses.get(id)?.at ?? '2026-11-22T07:00:00.000Z',
  })
  return {
    locations: async () => ({ items: Array.from({ length: places }, (_, nr) => placeOf(`P${nr}`)) }),
    location: async (id) => placeOf(id),
    tariffs: async () => [...tariffs].map(([id, price]) => tariffOf(id, price)),
  }
}

/** Says when what came from the partner was to be shown. */
const theirCatalogue = (told: Told): CataloguePort => ({
  locations: async () => ({ items: [] }),
  location: async () => undefined,
  tariffs: async () => [],
  putRoaming: async (location) => {
    const id = location.id.split('~').at(-1)!
    for (const { status } of location.evses) told(`${id} ${status}`, performance.now())
  },
  putTariff: async (tariff) => {
    const { elements } = tariff as unknown as ReturnType<typeof tariffOf>
    told(`DAY ${elements[0]!.price_components[0]!.price}`, performance.now())
  },
})
