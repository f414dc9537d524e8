import { join } from 'node:path'
import { optionsOfEnvironment } from '@werenode/api'
import type { BlobStore, Clock } from '@werenode/core'
import { createUrlSigner, openFileBlobStore, openS3BlobStore } from '@werenode/store'

/** The node's files: pictures, documents, firmware and stations' logs, in a bucket where one is set, else in the data folder. */
export interface NodeBlobs {
  readonly blobs: BlobStore
  /** Checks the signed addresses of a folder; a bucket checks its own. */
  readonly blobUrls?: ReturnType<typeof createUrlSigner>
}

export const openNodeBlobs = async ({
  folder,
  secret,
  origin,
  clock,
}: {
  folder: string
  secret: Parameters<typeof createUrlSigner>[0]['secret']
  origin: string
  clock: Clock
}): Promise<NodeBlobs> => {
  const { bucket } = optionsOfEnvironment(process.env)
  if (bucket) return { blobs: openS3BlobStore({ ...bucket, clock }) }
  const blobUrls = createUrlSigner({ secret, baseUrl: `${origin}/v1/blobs`, clock })
  return { blobs: await openFileBlobStore(join(folder, 'blobs'), blobUrls), blobUrls }
}
