import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Doc } from '@werenode/core'

/** Ten times as many are written as are ever read: they are kept short. */
export type KeptFrame = readonly [at: number, direction: 'in' | 'out', text: string]

/** What went over one line between two looks at it. Firmware repeats itself: packed it takes a twentieth of the disk's work. */
export interface Chapter extends Doc {
  /** `<stationId>/<number, counted around the ring>` */
  readonly _id: string
  readonly stationId: string
  readonly number: number
  readonly frames?: readonly KeptFrame[]
  /** The same as JSON, zstd, base64. */
  readonly packed?: string
}

/** Below this size packing costs more than it spares, characters. */
const worthPacking = 2_000
const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

export const pack = (frames: readonly KeptFrame[]): Pick<Chapter, 'frames' | 'packed'> => {
  const size = frames.reduce((sum, [, , text]) => sum + text.length, 0)
  if (size < worthPacking) return { frames }
  return { packed: zstdCompressSync(JSON.stringify(frames), level).toString('base64') }
}

export const unpack = ({ frames, packed }: Pick<Chapter, 'frames' | 'packed'>): readonly KeptFrame[] =>
  packed === undefined ? (frames ?? []) : JSON.parse(zstdDecompressSync(Buffer.from(packed, 'base64')).toString())
