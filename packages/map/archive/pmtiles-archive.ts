import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'

export interface ArchiveTile {
  readonly z: number
  readonly x: number
  readonly y: number
  /** Mapbox vector tile, not compressed. */
  readonly data: Uint8Array
}

export interface ArchiveFacts {
  readonly minZoom: number
  readonly maxZoom: number
  /** West, south, east, north in degrees. */
  readonly bounds: readonly [number, number, number, number]
  readonly centre: { readonly lon: number; readonly lat: number; readonly zoom: number }
  readonly metadata: unknown
}

const headerBytes = 127
/** PMTiles v3 §3: the root directory must lie within the first 16,384 bytes. */
const mostRootBytes = 16_384 - headerBytes
const gzip = 2
const mvt = 1

/** One PMTiles v3 file of vector tiles with a single (root) directory. Throws when there are too many tiles for that. */
export const pmtilesArchive = (tiles: readonly ArchiveTile[], facts: ArchiveFacts): Uint8Array => {
  const sorted = tiles
    .map((tile) => ({ id: zxyToTileId(tile.z, tile.x, tile.y), bytes: gzipSync(tile.data, { level: 9 }) }))
    .sort((one, other) => one.id - other.id)
  let offset = 0
  const entries = sorted.map(({ id, bytes }) => {
    const entry = { id, offset, length: bytes.length }
    offset += bytes.length
    return entry
  })
  const root = gzipSync(directory(entries), { level: 9 })
  if (root.length > mostRootBytes) throw new Error(`A root directory of ${root.length} bytes is too long`)
  const metadata = gzipSync(JSON.stringify(facts.metadata), { level: 9 })
  const metadataAt = headerBytes + root.length
  const dataAt = metadataAt + metadata.length

  const header = new DataView(new ArrayBuffer(headerBytes))
  for (const [index, letter] of [...'PMTiles'].entries()) header.setUint8(index, letter.charCodeAt(0))
  header.setUint8(7, 3)
  const places = [
    headerBytes,
    root.length,
    metadataAt,
    metadata.length,
    dataAt,
    0,
    dataAt,
    offset,
    sorted.length,
    sorted.length,
    sorted.length,
  ]
  for (const [index, value] of places.entries()) header.setBigUint64(8 + index * 8, BigInt(value), true)
  for (const [index, value] of [1, gzip, gzip, mvt, facts.minZoom, facts.maxZoom].entries())
    header.setUint8(96 + index, value)
  for (const [index, degrees] of facts.bounds.entries())
    header.setInt32(102 + index * 4, Math.round(degrees * 1e7), true)
  header.setUint8(118, facts.centre.zoom)
  header.setInt32(119, Math.round(facts.centre.lon * 1e7), true)
  header.setInt32(123, Math.round(facts.centre.lat * 1e7), true)
  return Buffer.concat([new Uint8Array(header.buffer), root, metadata, ...sorted.map(({ bytes }) => bytes)])
}

/** PMTiles v3 §4.1: count, then columns of id differences, run lengths, lengths and offsets (0: right behind the one before). */
const directory = (entries: readonly { id: number; offset: number; length: number }[]): Uint8Array => {
  const bytes: number[] = []
  const varint = (value: number): void => {
    let rest = value
    while (rest > 0x7f) {
      bytes.push((rest % 0x80) + 0x80)
      rest = Math.floor(rest / 0x80)
    }
    bytes.push(rest)
  }
  varint(entries.length)
  for (const [index, { id }] of entries.entries()) varint(id - (entries[index - 1]?.id ?? 0))
  for (const _ of entries) varint(1)
  for (const { length } of entries) varint(length)
  for (const [index, { offset }] of entries.entries()) varint(index === 0 ? offset + 1 : 0)
  return new Uint8Array(bytes)
}
