import { type ConnectorStandard, type Party, WerenodeError } from '@werenode/core'
import { distanceM, type Place, type PlaceDetail, type PlaceSource, type TextStore } from '../src/index.ts'

/** What a place of the town is, beyond its summary; a node knows it and answers by it. */
interface Facts {
  readonly accessible?: boolean
  readonly pays?: readonly ('card' | 'ad-hoc')[]
  readonly open?: boolean
  readonly free?: boolean
  readonly perKWhMicro?: bigint
  readonly perMinuteMicro?: bigint
}

const place = (
  id: string,
  [lon, lat]: readonly [number, number],
  change: Partial<Place>,
  facts: Facts = {},
): { readonly summary: Place; readonly facts: Facts } => ({
  summary: {
    id,
    party: 'FR*WRN' as Party,
    operatorName: 'Werenode',
    name: id,
    address: '1 Rue de la Gare',
    city: 'Nantes',
    position: { lon, lat },
    source: 'demo',
    evseCount: 2,
    availableCount: 1,
    payable: true,
    maxPowerW: 22_000,
    standards: ['IEC_62196_T2'],
    lastUpdated: '2026-11-22T12:00:00.000Z',
    ...change,
  },
  facts,
})

/** Six places of Nantes; each filter fits some and not others. */
const places = [
  place(
    'station',
    [-1.54, 47.217],
    { name: 'Gare Sud', maxPowerW: 150_000, standards: ['IEC_62196_T2_COMBO'] },
    {
      open: true,
      pays: ['card', 'ad-hoc'],
      perKWhMicro: 540_000n,
      perMinuteMicro: 0n,
    },
  ),
  place(
    'market',
    [-1.57, 47.214],
    { name: 'Marché de Talensac' },
    {
      open: true,
      accessible: true,
      pays: ['ad-hoc'],
      perKWhMicro: 390_000n,
      perMinuteMicro: 100_000n,
    },
  ),
  place(
    'taken',
    [-1.55, 47.24],
    { name: 'Université', availableCount: 0, standards: ['CHADEMO'], maxPowerW: 50_000 },
    {
      open: false,
      perKWhMicro: 450_000n,
      perMinuteMicro: 0n,
    },
  ),
  place(
    'townhall',
    [-1.6, 47.2],
    { name: 'Mairie', party: 'FR*TWN' as Party, operatorName: 'Ville' },
    {
      open: true,
      free: true,
      accessible: true,
    },
  ),
  place(
    'unlisted',
    [-1.5, 47.2],
    { name: 'Zénith', source: 'irve', payable: false, availableCount: 0 },
    { open: true },
  ),
  place(
    'abroad',
    [-1.62, 47.23],
    { name: 'Atlantis', source: 'roaming', maxPowerW: 300_000, standards: ['IEC_62196_T2_COMBO'] },
    {
      open: true,
      pays: ['card'],
      perKWhMicro: 690_000n,
      perMinuteMicro: 0n,
    },
  ),
] as const

export const townIds: readonly string[] = places.map(({ summary }) => summary.id)
/** Shows the whole town. */
export const townView = { lon: -1.56, lat: 47.217, zoom: 11 } as const
export const townQuery = 'at=47.217,-1.56,11'

type Query = Readonly<Record<string, string | readonly string[]>>
const text = (query: Query, name: string): string | undefined => query[name] as string | undefined

const priceOf = ({ perKWhMicro, perMinuteMicro, free }: Facts, query: Query): bigint | undefined => {
  const energyWh = text(query, 'energyWh')
  if (energyWh === undefined) return undefined
  if (free) return 0n
  if (perKWhMicro === undefined) return undefined
  return (perKWhMicro * BigInt(energyWh)) / 1000n + (perMinuteMicro ?? 0n) * BigInt(text(query, 'minutes') ?? '0')
}

const fits = ({ summary, facts }: (typeof places)[number], query: Query): boolean => {
  const says = (name: string): boolean => query[name] === 'true'
  const standards = (query.standard ?? []) as readonly ConnectorStandard[]
  const words = text(query, 'q')?.toLowerCase()
  const price = priceOf(facts, query)
  const most = text(query, 'maxPriceMicro')
  const where =
    query.lat === undefined ||
    distanceM({ lat: Number(query.lat), lon: Number(query.lon) }, summary.position) <= Number(query.radiusM)
  return (
    where &&
    (!says('available') || summary.availableCount > 0) &&
    (!says('payable') || summary.payable) &&
    (!says('openNow') || facts.open === true) &&
    (!says('free') || facts.free === true) &&
    (!says('accessible') || facts.accessible === true) &&
    (query.pays === undefined || (facts.pays ?? []).includes(query.pays as 'card')) &&
    summary.maxPowerW >= Number(query.minPowerW ?? 0) &&
    (standards.length === 0 || standards.some((one) => summary.standards.includes(one))) &&
    (query.party === undefined || summary.party === query.party) &&
    (words === undefined || `${summary.name} ${summary.city}`.toLowerCase().includes(words)) &&
    (most === undefined || (price !== undefined && price <= BigInt(most)))
  )
}

/** The town with the manners of a node's catalogue; its network can be cut, and its plugs taken. */
export const createTown = () => {
  let reachable = true
  const taken = new Set<string>()
  const now = (one: (typeof places)[number], query: Query = {}): Place => {
    const price = priceOf(one.facts, query)
    return {
      ...one.summary,
      ...(taken.has(one.summary.id) ? { availableCount: 0 } : {}),
      ...(price === undefined ? {} : { priceMicro: String(price) }),
    }
  }
  const reach = (): void => {
    if (!reachable) throw new WerenodeError('no-responder', 'The node cannot be reached')
  }
  const source: PlaceSource = {
    async search(query) {
      reach()
      return { items: places.filter((one) => fits(one, query)).map((one) => now(one, query)), more: false }
    },
    async detail(id): Promise<PlaceDetail> {
      reach()
      const one = places.find(({ summary }) => summary.id === id)
      if (one === undefined) throw new WerenodeError('not-found', `There is no place ${id}`)
      const { availableCount, maxPowerW, standards, payable, ...rest } = now(one)
      const evse = (status: string) => ({
        status,
        payable,
        connectors: standards.map((standard) => ({ standard, maxPowerW })),
      })
      const evses = [evse(availableCount > 0 ? 'AVAILABLE' : 'CHARGING'), evse('CHARGING')]
      return { location: { ...rest, evses }, tariffs: {} } as unknown as PlaceDetail
    },
  }
  return {
    source,
    cut: (is: boolean): void => {
      reachable = !is
    },
    take: (id: string): void => void taken.add(id),
  }
}

/** What a browser or a phone keeps for the next visit. */
export const createShelf = (): TextStore => {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}
