import type { FeatureCollection } from 'geojson'
import type { View } from '../src/index.ts'
import type { OpenMap, Stage } from './stage.ts'
import { createShelf, createTown, townIds, townQuery } from './town.ts'
import { at, shows, until } from './waiting.ts'

/** A sketch as its renderer shows it. */
export interface OpenSketch extends OpenMap {
  /** How often the map was asked for, and where to. */
  wanted(): readonly (View | undefined)[]
  /** A hand that pulls at it. */
  drag(): void | Promise<void>
  /** Clusters on the picture. */
  clusters(): readonly { readonly evses: number }[] | Promise<readonly { readonly evses: number }[]>
  /** The largest of them. */
  tapCluster(): void | Promise<void>
}
export interface SketchStage {
  open(options: Parameters<Stage['open']>[0] & { readonly points?: FeatureCollection }): Promise<OpenSketch>
}

export interface SketchBehaviour {
  readonly name: string
  run(stage: SketchStage): Promise<void>
}

const visit = async (
  stage: SketchStage,
  during: (sketch: OpenSketch) => Promise<void>,
  { query = townQuery, points }: { readonly query?: string; readonly points?: FeatureCollection } = {},
): Promise<void> => {
  const { source } = createTown()
  const sketch = await stage.open({
    ...{ source, query, keep: createShelf(), clock: () => at },
    ...(points ? { points } : {}),
  })
  try {
    await during(sketch)
  } finally {
    sketch.close()
  }
}
const asked = (sketch: OpenSketch, times: number): void => {
  if (sketch.wanted().length !== times) throw new Error(`The map was asked for ${sketch.wanted().length} times`)
}

/** Two towns of a hundred plugs each, far apart, and one plug alone. */
const crowd: FeatureCollection = {
  type: 'FeatureCollection',
  features: [
    ...Array.from({ length: 100 }, (_, nr) => [-1.55 + nr / 10_000, 47.2]),
    ...Array.from({ length: 100 }, (_, nr) => [5.37, 43.3 + nr / 10_000]),
    [7.75, 48.58],
  ].map((coordinates, nr) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates },
    properties: { id: `crowd-${nr}`, name: '', evses: 1, available: nr % 2, payable: true, maxPowerW: 22_000 },
  })),
}

/** What the sketch that stands for a map does besides `behaviours`, which hold for it as for every map that has no keys. */
export const sketchBehaviours: readonly SketchBehaviour[] = [
  {
    name: 'sketch: choosing a place asks for no map, a tap beside every place does, once',
    run: (stage) =>
      visit(stage, async (sketch) => {
        await shows(sketch, townIds)
        await sketch.tap('market')
        await until('the place is chosen', () => sketch.model.state().selected?.id === 'market')
        await sketch.tapNothing()
        await until('it is let go of', () => sketch.model.state().selected === undefined)
        asked(sketch, 0)
        await sketch.tapNothing()
        await sketch.tapNothing()
        asked(sketch, 1)
      }),
  },
  {
    name: 'sketch: a hand that pulls at it asks for the map',
    run: (stage) =>
      visit(stage, async (sketch) => {
        await shows(sketch, townIds)
        await sketch.drag()
        asked(sketch, 1)
      }),
  },
  {
    name: 'sketch: the keys of a map ask for it',
    run: (stage) =>
      visit(stage, async (sketch) => {
        await shows(sketch, townIds)
        await sketch.press?.('ArrowRight')
        asked(sketch, 1)
      }),
  },
  {
    name: 'sketch: plugs that stand too close are one cluster that counts them; a tap on it asks for the map there',
    run: (stage) =>
      visit(
        stage,
        async (sketch) => {
          await until('all plugs are counted', async () => {
            const clusters = await sketch.clusters()
            return clusters.map(({ evses }) => evses).join() === '100,100'
          })
          if ((await sketch.drawn()).join() !== 'crowd-200') throw new Error('The plug alone is not drawn as it is')
          await sketch.tapCluster()
          const [to] = sketch.wanted()
          if (to === undefined || to.zoom <= sketch.model.state().view.zoom) throw new Error('It leads no nearer')
        },
        { query: '', points: crowd },
      ),
  },
]
