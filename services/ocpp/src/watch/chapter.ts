import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Doc } from '@werenode/core'
import { type ArenaFrame, framesIn } from './frame-arena.ts'

/** What went over one line between two looks at it. Ten times as many are written as are ever read: they are kept short. */
export interface Chapter extends Doc {
  /** `<stationId>/<number, counted around the ring>` */
  readonly _id: string
  readonly stationId: string
  readonly number: number
  /** Frames as the arena collects them. */
  readonly frames?: string
  /** The same in zstd and base64: firmware repeats itself, packed it takes a twentieth of the disk's work. */
  readonly packed?: string
}

/** Below this size packing costs more than it spares, bytes. */
const worthPacking = 2_000
const params = { [constants.ZSTD_c_compressionLevel]: 1 }
/** Most chapters shrink to less, bytes. */
const chunkSize = 4_096

export const pack = (collected: Buffer): Pick<Chapter, 'frames' | 'packed'> =>
  collected.length < worthPacking
    ? { frames: collected.toString('utf8') }
    : {
        // Told the size, the packer makes itself no larger than it needs to be.
        packed: zstdCompressSync(collected, { params, chunkSize, pledgedSrcSize: collected.length }).toString('base64'),
      }

export const unpack = ({ frames, packed }: Pick<Chapter, 'frames' | 'packed'>): readonly ArenaFrame[] =>
  framesIn(packed === undefined ? (frames ?? '') : zstdDecompressSync(Buffer.from(packed, 'base64')).toString('utf8'))
