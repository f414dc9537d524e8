import type { ConnectorStandard } from '@werenode/core'
import { type ChosenCharge, type Filters, noFilters } from './filters.ts'
import type { Position } from './place.ts'
import { type Sorting, sortings } from './sort.ts'

export interface View extends Position {
  readonly zoom: number
}

/** Everything of a map that a link can carry. */
export interface MapAddress {
  readonly view?: View
  readonly filters: Filters
  readonly sort: Sorting
  readonly charge?: ChosenCharge
  /** Id of the place whose sheet is open. */
  readonly place?: string
}

/** What addresses call the connectors people search for; others stand in full. */
const shortNames: Readonly<Record<string, ConnectorStandard>> = {
  type2: 'IEC_62196_T2',
  ccs: 'IEC_62196_T2_COMBO',
  chademo: 'CHADEMO',
  type1: 'IEC_62196_T1',
  ef: 'DOMESTIC_E',
  schuko: 'DOMESTIC_F',
  nacs: 'NACS',
}
const standards: ReadonlySet<string> = new Set<ConnectorStandard>([
  ...Object.values(shortNames),
  'IEC_62196_T1_COMBO',
  'IEC_62196_T3C',
  'TESLA_S',
  'UNKNOWN',
])

const flags = ['available', 'payable', 'openNow', 'free', 'accessible', 'favourites'] as const

/** A link's query: only what differs from a map just opened. */
export const addressText = ({ view, filters, sort, charge, place }: MapAddress): string => {
  const query = new URLSearchParams()
  if (view) query.set('at', `${view.lat.toFixed(5)},${view.lon.toFixed(5)},${view.zoom.toFixed(2)}`)
  if (filters.words !== '') query.set('q', filters.words)
  const on = flags.filter((name) => filters[name])
  if (on.length > 0) query.set('only', on.join(','))
  if (filters.minPowerW > 0) query.set('kw', String(filters.minPowerW / 1000))
  if (filters.standards.length > 0)
    query.set(
      'plug',
      filters.standards
        .map((standard) => Object.entries(shortNames).find(([, full]) => full === standard)?.[0] ?? standard)
        .join(','),
    )
  if (filters.pays !== undefined) query.set('pays', filters.pays)
  if (filters.party !== undefined) query.set('operator', filters.party)
  if (filters.maxPriceMicro !== undefined) query.set('max', filters.maxPriceMicro)
  if (sort !== 'distance') query.set('sort', sort)
  if (charge) query.set('charge', [charge.energyWh, charge.minutes].filter((one) => one !== undefined).join(','))
  if (place !== undefined) query.set('place', place)
  return query.toString().replaceAll('%2C', ',').replaceAll('%2A', '*')
}

/** Reads a link. What is wrong in it is left out: somebody else may have written it. */
export const addressOf = (text: string): MapAddress => {
  const query = new URLSearchParams(text)
  const words = (name: string): readonly string[] => (query.get(name) ?? '').split(',').filter((word) => word !== '')
  const on = new Set(words('only'))
  const plugs = words('plug')
    .map((name) => shortNames[name] ?? name)
    .filter((name): name is ConnectorStandard => standards.has(name))
  const kw = number(query.get('kw'), 0.1, 5_000)
  const pays = query.get('pays')
  const party = query.get('operator')?.toUpperCase()
  const max = query.get('max')
  const sort = sortings.find((name) => name === query.get('sort')) ?? 'distance'
  const place = query.get('place')
  const view = viewOf(query.get('at'))
  const charge = chargeOf(words('charge'))
  return {
    ...(view ? { view } : {}),
    filters: {
      ...noFilters,
      words: (query.get('q') ?? '').trim().slice(0, 100),
      ...Object.fromEntries(flags.map((name) => [name, on.has(name)])),
      minPowerW: kw === undefined ? 0 : Math.round(kw * 1000),
      standards: [...new Set(plugs)],
      ...(pays === 'card' || pays === 'ad-hoc' ? { pays } : {}),
      ...(party !== undefined && /^[A-Z]{2}\*[A-Z0-9]{3}$/.test(party) ? { party } : {}),
      ...(max !== null && /^[1-9][0-9]{0,11}$/.test(max) ? { maxPriceMicro: max } : {}),
    } as Filters,
    sort,
    ...(charge ? { charge } : {}),
    ...(place === null || place === '' || place.length > 100 ? {} : { place }),
  }
}

const number = (text: string | null | undefined, least: number, most: number): number | undefined => {
  if (text === null || text === undefined || text.trim() === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) && value >= least && value <= most ? value : undefined
}

const viewOf = (text: string | null): View | undefined => {
  const [lat, lon, zoom] = (text ?? '').split(',')
  const view = { lat: number(lat, -85, 85), lon: number(lon, -180, 180), zoom: number(zoom, 0, 22) }
  if (view.lat === undefined || view.lon === undefined || view.zoom === undefined) return undefined
  return { lat: view.lat, lon: view.lon, zoom: view.zoom }
}

const chargeOf = ([energy, minutes]: readonly string[]): ChosenCharge | undefined => {
  const energyWh = number(energy, 100, 999_999)
  if (energyWh === undefined) return undefined
  const long = number(minutes, 1, 9_999)
  return { energyWh: Math.round(energyWh), ...(long === undefined ? {} : { minutes: Math.round(long) }) }
}
