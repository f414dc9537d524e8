import type { PlaceFeature, PlaceProperties } from './marks.ts'

export interface TileName {
  readonly z: number
  readonly x: number
  readonly y: number
}

/**
 * The points of a vector tile (Mapbox Vector Tile 2.1) whose only layer is of points, as nodes make them. What lies beyond the tile's own
 * border is left to its neighbour. Throws RangeError for bytes that are no such tile.
 */
export const pointsOfTile = (bytes: Uint8Array, tile: TileName): readonly PlaceFeature[] => {
  const found: PlaceFeature[] = []
  for (const layer of fieldsOf(bytes)) if (layer.field === 3) found.push(...pointsOfLayer(bytesOf(layer), tile))
  return found
}

const pointsOfLayer = (bytes: Uint8Array, { z, x, y }: TileName): readonly PlaceFeature[] => {
  const fields = fieldsOf(bytes)
  const of = (wanted: number): readonly Field[] => fields.filter(({ field }) => field === wanted)
  const keys = of(3).map((key) => text.decode(bytesOf(key)))
  const values = of(4).map((value) => saidBy(bytesOf(value)))
  const extent = of(5).map(numberOf).at(-1) ?? 4_096
  const all = 2 ** z
  return of(2).flatMap((feature): readonly PlaceFeature[] => {
    const parts = fieldsOf(bytesOf(feature))
    const numbers = (wanted: number): readonly number[] =>
      parts.filter(({ field }) => field === wanted).flatMap((part) => varintsOf(bytesOf(part)))
    // One MoveTo (command 1, count 1) and its two signed numbers.
    const [command, dx, dy] = numbers(4)
    if (command !== 9 || dx === undefined || dy === undefined) return []
    const [px, py] = [signed(dx) / extent, signed(dy) / extent]
    if (px < 0 || px >= 1 || py < 0 || py >= 1) return []
    const tags = numbers(2)
    const said: Record<string, Value> = {}
    for (let at = 0; at + 1 < tags.length; at += 2) said[keys[tags[at]!] ?? ''] = values[tags[at + 1]!]
    return [
      {
        type: 'Feature',
        geometry: {
          type: 'Point',
          coordinates: [
            ((x + px) / all) * 360 - 180,
            (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + py)) / all))) * 180) / Math.PI,
          ],
        },
        properties: propertiesOf(said),
      },
    ]
  })
}

type Value = string | number | boolean | undefined

const propertiesOf = (said: Readonly<Record<string, Value>>): PlaceProperties => ({
  ...(typeof said.id === 'string' && said.point_count === undefined ? { id: said.id, name: String(said.name) } : {}),
  evses: Number(said.evses ?? 1),
  available: Number(said.available ?? 0),
  payable: Boolean(said.payable),
  maxPowerW: Number(said.maxPowerW ?? 0),
})

/** A field of a protocol buffer: a number, or the bytes of something. */
interface Field {
  readonly field: number
  readonly value: number | Uint8Array
}
const text = new TextDecoder()

const broken = (): RangeError => new RangeError('These bytes are no vector tile')
const bytesOf = ({ value }: Field): Uint8Array => {
  if (typeof value === 'number') throw broken()
  return value
}
const numberOf = ({ value }: Field): number => {
  if (typeof value !== 'number') throw broken()
  return value
}

/** Numbers beyond 2^53 lose their last digits; a tile of places has none. */
const varintAt = (bytes: Uint8Array, from: number): readonly [value: number, next: number] => {
  let [value, at] = [0, from]
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at]
    if (byte === undefined) throw broken()
    at += 1
    value += (byte & 127) * scale
    if (byte < 128) return [value, at]
  }
}
const varintsOf = (bytes: Uint8Array): readonly number[] => {
  const found: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const [value, next] = varintAt(bytes, at)
    found.push(value)
    at = next
  }
  return found
}
/** ZigZag. */
const signed = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)

const fieldsOf = (bytes: Uint8Array): readonly Field[] => {
  const found: Field[] = []
  for (let at = 0; at < bytes.length; ) {
    const [key, begin] = varintAt(bytes, at)
    const [field, wire] = [Math.floor(key / 8), key % 8]
    if (wire === 0) {
      const [value, next] = varintAt(bytes, begin)
      found.push({ field, value })
      at = next
      continue
    }
    const [length, start] = wire === 2 ? varintAt(bytes, begin) : [wire === 1 ? 8 : wire === 5 ? 4 : Number.NaN, begin]
    if (!(start + length <= bytes.length)) throw broken()
    found.push({ field, value: bytes.subarray(start, start + length) })
    at = start + length
  }
  return found
}

/** string, float, double, int, uint, sint, bool: fields 1 to 7. */
const saidBy = (bytes: Uint8Array): Value => {
  const [only] = fieldsOf(bytes)
  if (only === undefined) return undefined
  const view = (): DataView => {
    const raw = bytesOf(only)
    return new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  }
  if (only.field === 1) return text.decode(bytesOf(only))
  if (only.field === 2) return view().getFloat32(0, true)
  if (only.field === 3) return view().getFloat64(0, true)
  if (only.field === 6) return signed(numberOf(only))
  return only.field === 7 ? numberOf(only) === 1 : numberOf(only)
}
