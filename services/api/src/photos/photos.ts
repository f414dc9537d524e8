import { createHash } from 'node:crypto'
import { type BlobStore, WerenodeError } from '@werenode/core'
import sharp from 'sharp'

/** Longest side, px. */
const sides = { large: 1_600, small: 400 } as const
export type PhotoSize = keyof typeof sides
/** A picture that claims more is not unpacked: it would fill our memory. */
const mostPixels = 50_000_000

export interface Photos {
  /** Draws the picture anew (which leaves behind its metadata, where it was taken, and whatever was hidden in it) and keeps it; answers its id. */
  keep(bytes: Uint8Array): Promise<string>
  read(photoId: string, size: PhotoSize): Promise<Uint8Array>
}

const keyOf = (photoId: string, size: PhotoSize): string => `photos/${photoId}-${size}.webp`

export const createPhotos = (blobs: BlobStore): Photos => ({
  async keep(bytes) {
    const drawn = await Promise.all(
      Object.entries(sides).map(async ([size, side]) => [size, await draw(bytes, side)] as const),
    )
    const id = createHash('sha256').update(drawn[0]![1]).digest('hex').slice(0, 32)
    for (const [size, picture] of drawn)
      await blobs.put(keyOf(id, size as PhotoSize), picture, { contentType: 'image/webp' })
    return id
  },
  async read(photoId, size) {
    const found = await blobs.get(keyOf(photoId, size))
    if (!found) throw new WerenodeError('not-found', 'There is no such photo')
    return found.bytes
  },
})

const draw = async (bytes: Uint8Array, side: number): Promise<Buffer> => {
  try {
    return await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', animated: false })
      .rotate()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer()
  } catch (cause) {
    throw new WerenodeError('invalid-input', 'This picture cannot be read', {
      hint: 'Send a JPEG, PNG or WebP of at most 50 megapixels.',
      cause,
    })
  }
}
