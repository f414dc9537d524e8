import { describe, test } from 'vitest'
import { behaviours, type Stage } from '../behaviours/index.ts'
import { addressOf, createMapModel, statusOfPlace, type View } from '../src/index.ts'

/** The model alone: what a renderer would be told to draw. */
const modelAlone: Stage = {
  async open({ source, query, keep, clock }) {
    const model = createMapModel({ source, from: addressOf(query), keep, clock, pauseMs: 0 })
    const look = (view: View): void => {
      const [wide, high] = [250 / 2 ** view.zoom, 160 / 2 ** view.zoom]
      model.moved(view, {
        ...{ west: view.lon - wide, east: view.lon + wide },
        ...{ south: view.lat - high, north: view.lat + high },
      })
    }
    look(model.state().view)
    const placeOf = (id: string) => model.state().places.find((place) => place.id === id)
    return {
      model,
      drawn: () => model.state().places.map(({ id }) => id),
      statusOf: (id) => {
        const place = placeOf(id)
        return place && statusOfPlace(place)
      },
      tap: (id) => model.select(id),
      tapNothing: () => model.select(undefined),
      look,
      close: () => model.close(),
    }
  },
}

describe('the map', () => {
  for (const { name, run, needsKeys } of behaviours) test.skipIf(needsKeys)(name, () => run(modelAlone))
})
