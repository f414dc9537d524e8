import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorStatus, isWerenodeError } from '@werenode/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobContract } from '../contract/blobs.ts'
import { openFileBlobStore } from './file-blob-store.ts'
import { createUrlSigner } from './signature.ts'

let folder: string
let now = new Date('2026-11-22T12:00:00.000Z')
const signer = createUrlSigner({
  secret: new Uint8Array(32).fill(7),
  baseUrl: 'https://a.example/v1/blobs',
  clock: () => now,
})
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'werenode-blobs-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

blobContract('files', async () => {
  const blobs = await openFileBlobStore(join(folder, 'contract', 'blobs'), signer)
  return {
    blobs,
    // What the HTTP edge does with a signed address.
    request: async (verb, url, some = new Uint8Array()) => {
      try {
        const key = signer.verify(verb, url)
        if (verb === 'put') await blobs.put(key, some, { contentType: 'text/plain' })
        return { status: 200, bytes: (await blobs.get(key))?.bytes ?? new Uint8Array() }
      } catch (error) {
        if (isWerenodeError(error)) return { status: errorStatus[error.code], bytes: new Uint8Array() }
        throw error
      }
    },
    close: async () => undefined,
  }
})

describe('a file blob store', () => {
  it('gives back bytes and content type, lists by prefix, and replaces', async () => {
    const blobs = await openFileBlobStore(join(folder, 'deep', 'er'), signer)
    await blobs.put('receipts/2026/a.pdf', bytes('one\ntwo'), { contentType: 'application/pdf' })
    await blobs.put('receipts', bytes(''), { contentType: 'text/plain' })
    await blobs.put('receipts/2026/a.pdf', bytes('three'), { contentType: 'application/pdf' })
    const found = await blobs.get('receipts/2026/a.pdf')
    expect(new TextDecoder().decode(found?.bytes)).toBe('three')
    expect(found?.contentType).toBe('application/pdf')
    expect((await blobs.get('receipts'))?.bytes.byteLength).toBe(0)
    expect(await blobs.get('receipts/2026')).toBeUndefined()
    expect(await blobs.list('receipts/')).toEqual(['receipts/2026/a.pdf'])
    expect(await blobs.list('')).toEqual(['receipts', 'receipts/2026/a.pdf'])
  })

  it('keeps every key inside its folder, and every name as it was given', async () => {
    const root = join(folder, 'names')
    const blobs = await openFileBlobStore(root, signer)
    for (const key of [
      '..',
      '../x',
      'a/../../x',
      '/etc/passwd',
      'a//b',
      'a\\..\\b',
      'a/./b',
      '',
      'a\u0000b',
      'x'.repeat(81),
    ]) {
      await expect(blobs.put(key, bytes('x'), { contentType: 'a/b' }), key).rejects.toMatchObject({
        code: 'invalid-input',
      })
      await expect(blobs.get(key), key).rejects.toMatchObject({ code: 'invalid-input' })
    }
    const names = ['.hidden', '%2e%2e', '...', 'CON', 'é.txt', 'a b', 'a.blob', 'Ünïcode/☂']
    for (const key of names) await blobs.put(key, bytes(key), { contentType: 'text/plain' })
    expect(await blobs.list('')).toEqual([...names].sort())
    for (const key of names) expect(new TextDecoder().decode((await blobs.get(key))?.bytes)).toBe(key)
    expect((await readdir(folder)).sort()).toEqual(['contract', 'deep', 'names'])
  })

  it('clears away unfinished uploads when it opens', async () => {
    const root = join(folder, 'unfinished')
    await openFileBlobStore(root, signer)
    await writeFile(join(root, 'x.part'), 'half')
    const blobs = await openFileBlobStore(root, signer)
    expect(await blobs.list('')).toEqual([])
    expect(await readdir(root)).toEqual([])
  })
})

describe('a signed address', () => {
  it('allows one verb on one key until it expires', async () => {
    const blobs = await openFileBlobStore(join(folder, 'signed'), signer)
    const url = await blobs.signedUrl('receipts/a b?.pdf', { verb: 'get', expiresInS: 60 })
    expect(signer.verify('get', url)).toBe('receipts/a b?.pdf')
    expect(signer.verify('get', new URL(url).pathname + new URL(url).search)).toBe('receipts/a b?.pdf')
    expect(() => signer.verify('put', url)).toThrow('not signed')
    now = new Date(now.getTime() + 60_000)
    expect(() => signer.verify('get', url)).toThrow('expired')
  })

  it('is void when anything in it is changed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(255), (at, char) => {
        const url = signer.sign('get', 'receipts/2026/a.pdf', 600)
        const start = 'https://a.example/v1/blobs/'.length
        const index = start + (at % (url.length - start))
        const changed = url.slice(0, index) + String.fromCharCode(char) + url.slice(index + 1)
        let key: string | undefined
        try {
          key = signer.verify('get', changed)
        } catch {
          return true
        }
        // Another spelling of the very same address is the same address.
        return key === 'receipts/2026/a.pdf'
      }),
    )
  })
})
