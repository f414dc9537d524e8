import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUrlSigner, openFileBlobStore } from '@werenode/store'

/** The real blob store in a folder that goes away. */
export const someBlobs = async (clock = () => new Date()) => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-api-'))
  const secret = new Uint8Array(32).fill(7)
  const signer = createUrlSigner({ secret, baseUrl: 'http://localhost:8080/v1/blobs', clock })
  return {
    blobUrls: signer,
    blobs: await openFileBlobStore(folder, signer),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
