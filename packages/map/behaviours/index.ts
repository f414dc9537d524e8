import type { ChosenCharge, Filters } from '../src/index.ts'
import type { OpenMap, Stage } from './stage.ts'
import { createShelf, createTown, townIds, townQuery, townView } from './town.ts'
import { at, shows, until } from './waiting.ts'

export { type OpenSketch, type SketchBehaviour, type SketchStage, sketchBehaviours } from './sketch.ts'
export type { OpenMap, Stage } from './stage.ts'
export { createTown, townQuery } from './town.ts'

export interface Behaviour {
  readonly name: string
  /** Only where there are keys. */
  readonly needsKeys?: boolean
  /** Throws what was otherwise than promised. */
  run(stage: Stage): Promise<void>
}

/** A map of the town by a link. */
const visit = async (
  stage: Stage,
  during: (map: OpenMap, town: ReturnType<typeof createTown>) => Promise<void>,
  { query = townQuery, keep = createShelf(), town = createTown() } = {},
): Promise<void> => {
  const map = await stage.open({ source: town.source, query, keep, clock: () => at })
  try {
    await during(map, town)
  } finally {
    map.close()
  }
}

const byFilter = (
  name: string,
  change: Partial<Filters>,
  wanted: readonly string[],
  charge?: ChosenCharge,
): Behaviour => ({
  name: `filter: ${name}`,
  run: (stage) =>
    visit(stage, async (map) => {
      await shows(map, townIds)
      if (charge) map.model.choose(charge)
      map.model.filter(change)
      await shows(map, wanted)
      map.model.clearFilters()
      await shows(map, townIds)
    }),
})

const listedBy = (map: OpenMap): string =>
  map.model
    .state()
    .places.map(({ id }) => id)
    .join()

/** What every map of charging stations does, whoever draws it. */
export const behaviours: readonly Behaviour[] = [
  byFilter('available', { available: true }, ['station', 'market', 'townhall', 'abroad']),
  byFilter('payable here', { payable: true }, ['station', 'market', 'taken', 'townhall', 'abroad']),
  byFilter('open now', { openNow: true }, ['station', 'market', 'townhall', 'unlisted', 'abroad']),
  byFilter('free of charge', { free: true }, ['townhall']),
  byFilter('without steps', { accessible: true }, ['market', 'townhall']),
  byFilter('by card', { pays: 'card' }, ['station', 'abroad']),
  byFilter('without a contract', { pays: 'ad-hoc' }, ['station', 'market']),
  byFilter('from 50 kW', { minPowerW: 50_000 }, ['station', 'taken', 'abroad']),
  byFilter('one connector', { standards: ['CHADEMO'] }, ['taken']),
  byFilter('one of two connectors', { standards: ['CHADEMO', 'IEC_62196_T2_COMBO'] }, ['taken', 'station', 'abroad']),
  byFilter('one operator', { party: 'FR*TWN' }, ['townhall']),
  byFilter('words', { words: 'gare' }, ['station']),
  byFilter('at most a price', { maxPriceMicro: '17000000' }, ['station', 'taken', 'townhall', 'market'], {
    energyWh: 30_000,
  }),
  byFilter('several at once', { payable: true, available: true, minPowerW: 50_000 }, ['station', 'abroad']),
  {
    name: 'sorted by the price of the chosen charge, its energy and its time',
    run: (stage) =>
      visit(stage, async (map) => {
        map.model.choose({ energyWh: 20_000, minutes: 0 })
        map.model.sortBy('price')
        await until('the cheapest comes first', () => listedBy(map) === 'townhall,market,taken,station,abroad,unlisted')
        // A tenth of a euro a minute makes the cheapest the dearest.
        map.model.choose({ energyWh: 20_000, minutes: 120 })
        await until('time is paid for', () => listedBy(map) === 'townhall,taken,station,abroad,market,unlisted')
        const market = map.model.state().places.find(({ id }) => id === 'market')
        if (market?.priceMicro !== '19800000') throw new Error(`The market asks ${market?.priceMicro}`)
      }),
  },
  {
    name: 'sorted by distance from where the driver is, and by power',
    run: (stage) =>
      visit(stage, async (map) => {
        await shows(map, townIds)
        map.model.located({ lon: -1.6, lat: 47.2 })
        await until('the nearest comes first', () => listedBy(map).startsWith('townhall,'))
        map.model.sortBy('power')
        await until('the strongest comes first', () => listedBy(map).startsWith('abroad,station,taken,'))
      }),
  },
  {
    name: 'favourites are kept for the next visit and can be all that is shown',
    run: async (stage) => {
      const keep = createShelf()
      await visit(
        stage,
        async (map) => {
          await shows(map, townIds)
          for (const id of ['market', 'taken', 'station']) map.model.toggleFavourite(id)
          map.model.toggleFavourite('station')
        },
        { keep },
      )
      await visit(
        stage,
        async (map) => {
          await shows(map, townIds)
          map.model.filter({ favourites: true })
          await shows(map, ['market', 'taken'])
        },
        { keep },
      )
    },
  },
  {
    name: 'a link opens what its sender saw: view, filters, order, charge and place',
    run: async (stage) => {
      let link = ''
      await visit(stage, async (map) => {
        await shows(map, townIds)
        map.model.filter({ payable: true, minPowerW: 50_000 })
        map.model.choose({ energyWh: 42_000, minutes: 30 })
        map.model.sortBy('price')
        await shows(map, ['station', 'taken', 'abroad'])
        await map.tap('taken')
        await until('the place is chosen', () => map.model.state().selected?.id === 'taken')
        link = map.model.address()
      })
      await visit(
        stage,
        async (map) => {
          await shows(map, ['station', 'taken', 'abroad'])
          await until('the place is open', () => map.model.state().selected?.detail?.location.id === 'taken')
          if (map.model.address() !== link) throw new Error(`${link} became ${map.model.address()}`)
        },
        { query: link },
      )
    },
  },
  {
    name: 'a place is chosen by a tap and let go by a tap beside it',
    run: (stage) =>
      visit(stage, async (map) => {
        await shows(map, townIds)
        await map.tap('townhall')
        await until(
          'its sheet has something to say',
          () => map.model.state().selected?.detail?.location.name === 'Mairie',
        )
        await map.tapNothing()
        await until('nothing is chosen', () => map.model.state().selected === undefined)
      }),
  },
  {
    name: 'a plug that is taken is shown taken at once',
    run: (stage) =>
      visit(stage, async (map, town) => {
        await shows(map, townIds)
        await until('it is shown free', async () => (await map.statusOf('market')) === 'available')
        town.take('market')
        map.model.changed('market')
        await until('it is shown taken', async () => (await map.statusOf('market')) === 'occupied')
      }),
  },
  {
    name: 'another view shows what is there',
    run: (stage) =>
      visit(stage, async (map) => {
        await shows(map, townIds)
        await map.look({ lon: -1.6, lat: 47.2, zoom: 15 })
        await until('only the town hall is near', () => listedBy(map) === 'townhall')
      }),
  },
  {
    name: 'without network the last data is shown, filtered, with its time, until it is back',
    run: async (stage) => {
      const keep = createShelf()
      await visit(stage, (map) => shows(map, townIds), { keep })
      const town = createTown()
      town.cut(true)
      await visit(
        stage,
        async (map) => {
          await shows(map, townIds)
          if (map.model.state().offlineSince !== at.toISOString())
            throw new Error('It does not say of when the data is')
          map.model.filter({ available: true })
          await shows(map, ['station', 'market', 'townhall', 'abroad'])
          town.cut(false)
          map.model.retry()
          await until('it is not of yesterday', () => map.model.state().offlineSince === undefined)
        },
        { keep, town },
      )
    },
  },
  {
    name: 'the map is moved and zoomed by keys',
    needsKeys: true,
    run: (stage) =>
      visit(stage, async (map) => {
        await shows(map, townIds)
        const view = () => map.model.state().view
        await map.press?.('ArrowRight')
        await until('it moved to the east', () => view().lon > townView.lon + 0.001)
        await map.press?.('ArrowUp')
        await until('it moved to the north', () => view().lat > townView.lat + 0.001)
        await map.press?.('+')
        await until('it is nearer', () => view().zoom > townView.zoom + 0.5)
        await map.press?.('-')
        await until('it is as far as before', () => Math.abs(view().zoom - townView.zoom) < 0.2)
      }),
  },
]
