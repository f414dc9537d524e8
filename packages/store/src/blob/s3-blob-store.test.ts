import { startFauxqs } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobContract, type OpenedBlobs } from '../contract/blobs.ts'
import { openS3BlobStore } from './s3-blob-store.ts'

const overHttp: OpenedBlobs['request'] = async (verb, url, bytes) => {
  const answer = await fetch(url, { method: verb.toUpperCase(), ...(bytes ? { body: new Uint8Array(bytes) } : {}) })
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
}
const nobody = { region: 'eu-west-3', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' }

blobContract(
  'S3 (emulated)',
  async () => {
    const server = await startFauxqs({ port: 0, logger: false, init: { buckets: ['werenode'] } })
    const bucketUrl = `http://127.0.0.1:${server.port}/werenode`
    return {
      blobs: openS3BlobStore({ ...nobody, bucketUrl, prefix: 'node-1/' }),
      request: overHttp,
      close: () => server.stop(),
    }
  },
  // It takes requests without looking at their signatures.
  { judges: false },
)

/** A server that looks at signatures, by its bucket's address: MinIO, Garage, versitygw, AWS itself. */
const { WERENODE_S3_URL, WERENODE_S3_REGION = 'us-east-1', AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env
if (WERENODE_S3_URL !== undefined && AWS_ACCESS_KEY_ID !== undefined && AWS_SECRET_ACCESS_KEY !== undefined)
  blobContract(`S3 at ${new URL(WERENODE_S3_URL).host}`, async () => ({
    blobs: openS3BlobStore({
      bucketUrl: WERENODE_S3_URL,
      region: WERENODE_S3_REGION,
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      prefix: `test-${Date.now()}/`,
    }),
    request: overHttp,
    close: async () => undefined,
  }))
else
  describe.skip('blob contract: S3 that judges signatures (give WERENODE_S3_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)', () => {
    it('runs where there is one', () => undefined)
  })

describe('an S3 blob store', () => {
  let server: Awaited<ReturnType<typeof startFauxqs>>
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false, init: { buckets: ['mine'] } })
  })
  afterAll(() => server.stop())

  it('signs as AWS documents it (Signature Version 4, presigned GET of the S3 guide)', async () => {
    const blobs = openS3BlobStore({
      bucketUrl: 'https://examplebucket.s3.amazonaws.com',
      region: 'us-east-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      clock: () => new Date('2013-05-24T00:00:00.000Z'),
    })
    const url = new URL(await blobs.signedUrl('test.txt', { verb: 'get', expiresInS: 86_400 }))
    expect(url.searchParams.get('X-Amz-Signature')).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    )
  })

  it('says in words that the bucket is not there, or that nobody answers', async () => {
    const gone = openS3BlobStore({ ...nobody, bucketUrl: `http://127.0.0.1:${server.port}/nowhere` })
    const told = { code: 'store-unavailable' }
    await expect(gone.put('a', new Uint8Array(1), { contentType: 'a/b' })).rejects.toMatchObject(told)
    await expect(gone.get('a')).rejects.toMatchObject(told)
    await expect(gone.list('')).rejects.toMatchObject(told)
    const silent = openS3BlobStore({ ...nobody, bucketUrl: 'http://127.0.0.1:9/x', timeoutMs: 2_000 })
    await expect(silent.get('a')).rejects.toMatchObject(told)
  })

  it('shares a bucket with other nodes without seeing what is theirs', async () => {
    const bucketUrl = `http://127.0.0.1:${server.port}/mine`
    const [one, two] = ['one/', 'two/'].map((prefix) => openS3BlobStore({ ...nobody, bucketUrl, prefix })) as never as [
      ReturnType<typeof openS3BlobStore>,
      ReturnType<typeof openS3BlobStore>,
    ]
    await one.put('a', new Uint8Array([1]), { contentType: 'a/b' })
    expect(await two.get('a')).toBeUndefined()
    expect(await two.list('')).toEqual([])
    expect(await one.list('')).toEqual(['a'])
  })
})
