import { type BlobStore, WerenodeError } from '@werenode/core'
import type { Handlers } from '../http/handler.ts'

/** Tells what a signed address is for: its key; throws `not-allowed` for one that was changed, `gone` for one that has expired. */
export interface BlobUrls {
  verify(verb: 'get' | 'put', url: string): string
}

/** A browser may show these; anything else is saved. */
const shown: ReadonlySet<string> = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp'])

/** The doors of signed addresses, for a node that keeps its blobs in files. */
export const blobRoutes = ({
  blobs,
  blobUrls,
}: {
  blobs: BlobStore | undefined
  blobUrls: BlobUrls | undefined
}): Pick<Handlers, 'getBlob' | 'putBlob'> => {
  const open = (verb: 'get' | 'put', url: string): { blobs: BlobStore; key: string } => {
    if (blobs && blobUrls) return { blobs, key: blobUrls.verify(verb, url) }
    throw new WerenodeError('not-found', 'This node keeps no files of its own', {
      hint: 'Its signed addresses lead to its bucket.',
    })
  }

  return {
    getBlob: async ({ request, reply }) => {
      const { blobs, key } = open('get', request.url)
      const blob = await blobs.get(key)
      if (!blob) throw new WerenodeError('not-found', 'There is nothing at this address any more')
      const type = shown.has(blob.contentType) ? 'inline' : 'attachment'
      const name = key
        .split('/')
        .at(-1)!
        .replaceAll(/[^\w.-]/g, '_')
      reply.headers({
        'content-type': blob.contentType,
        'content-disposition': `${type}; filename="${name}"`,
        // Whatever somebody uploaded, it is no page of ours.
        'content-security-policy': "default-src 'none'; sandbox",
      })
      return blob.bytes
    },
    putBlob: async ({ request, body }) => {
      const { blobs, key } = open('put', request.url)
      await blobs.put(key, body, { contentType: request.headers['content-type']!.split(';')[0]!.trim().toLowerCase() })
      return undefined
    },
  }
}
