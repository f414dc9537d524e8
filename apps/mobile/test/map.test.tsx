import { act, render, waitFor } from '@testing-library/react-native'
import { addressOf, createMapModel, type View } from '@werenode/map'
import { behaviours, createTown, type Stage, townQuery } from '@werenode/map/behaviours'
import MapView from '../src/find/MapView'
import { textStore } from './stand-ins'

/** What the adapter gives MapLibre Native, and what it lets it call. */
interface Given {
  readonly map?: { onPress(): void; onRegionDidChange(event: object): void }
  readonly near?: { data: GeoJSON.FeatureCollection<GeoJSON.Point>; onPress(event: object): void }
  /** Layers that are on the map now. */
  readonly layers: readonly { readonly id: string; readonly filter?: unknown }[]
}
const mockGiven: { map?: object; near?: object; layers: Map<string, object>; flights: object[] } = {
  layers: new Map(),
  flights: [],
}

jest.mock('@maplibre/maplibre-react-native', () => {
  const { useEffect, useImperativeHandle } = jest.requireActual('react') as typeof import('react')
  const Source = (props: { id: string; children?: unknown }) => {
    if (props.id === 'places-near') mockGiven.near = props
    return props.children
  }
  return {
    Map: (props: { children?: unknown }) => {
      mockGiven.map = props
      return props.children
    },
    Camera: ({ ref }: { ref: never }) => {
      useImperativeHandle(ref, () => ({ easeTo: (to: object) => mockGiven.flights.push(to) }))
      return null
    },
    Images: () => null,
    Layer: (props: { id: string }) => {
      useEffect(() => {
        mockGiven.layers.set(props.id, props)
        return () => void mockGiven.layers.delete(props.id)
      })
      return null
    },
    VectorSource: Source,
    GeoJSONSource: Source,
  }
})

const given = (): Given => ({ ...(mockGiven as object), layers: [...mockGiven.layers.values()] }) as never

/** The adapter of devices, MapLibre Native stood in for: what it is given to draw, and what it tells of hands. */
const device: Stage = {
  async open({ source, query, keep, clock }) {
    const model = createMapModel({ source, from: addressOf(query), keep, clock, pauseMs: 0 })
    const shown = render(<MapView model={model} node="https://node.example" label="Map" />)
    const look = ({ lon, lat, zoom }: View): void => {
      const [wide, high] = [250 / 2 ** zoom, 160 / 2 ** zoom]
      const bounds = [lon - wide, lat - high, lon + wide, lat + high]
      act(() => given().map!.onRegionDidChange({ nativeEvent: { center: [lon, lat], zoom, bounds } }))
    }
    look(model.state().view)
    const onPicture = (): readonly GeoJSON.Feature<GeoJSON.Point>[] =>
      given().layers.some(({ id }) => id === 'near-pin') ? given().near!.data.features : []
    const featureOf = (id: string) => onPicture().find(({ properties }) => properties?.id === id)
    return {
      model,
      drawn: () => onPicture().map(({ properties }) => properties!.id as string),
      statusOf: (id) => featureOf(id)?.properties?.status as string | undefined,
      tap: (id) =>
        act(() => {
          // A press goes on to the map unless it is held.
          let held = false
          const stopPropagation = (): void => {
            held = true
          }
          given().near!.onPress({ nativeEvent: { features: [featureOf(id)!] }, stopPropagation })
          if (!held) given().map!.onPress()
        }),
      tapNothing: () => act(() => given().map!.onPress()),
      look,
      close: () => {
        shown.unmount()
        model.close()
      },
    }
  },
}

describe('the map of devices', () => {
  beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false }))
  for (const { name, run, needsKeys } of behaviours) (needsKeys ? test.skip : test)(name, () => run(device))

  test('the chosen place is marked, a cluster is flown to', async () => {
    const map = await device.open({ ...createTown(), query: townQuery, keep: textStore(), clock: () => new Date() })
    await waitFor(() => expect(map.drawn()).toContain('market'))
    await map.tap('market')
    const chosen = () => given().layers.find(({ id }) => id === 'chosen')?.filter
    await waitFor(() => expect(chosen()).toEqual(['==', ['get', 'id'], 'market']))
    const cluster = { geometry: { type: 'Point', coordinates: [2, 48] }, properties: { point_count: 4 } }
    given().near!.onPress({ nativeEvent: { features: [cluster] }, stopPropagation: () => undefined })
    expect(mockGiven.flights).toEqual([expect.objectContaining({ center: [2, 48] })])
    map.close()
  })
})
