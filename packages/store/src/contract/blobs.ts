import { type BlobStore, WerenodeError } from '@werenode/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

export interface OpenedBlobs {
  readonly blobs: BlobStore
  /** What whoever holds a signed address gets for it; a PUT brings `bytes`. */
  request(
    verb: 'get' | 'put',
    url: string,
    bytes?: Uint8Array,
  ): Promise<{ readonly status: number; readonly bytes: Uint8Array }>
  close(): Promise<void>
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (some: Uint8Array | undefined): string => new TextDecoder().decode(some)
const plain = { contentType: 'text/plain' }

/** Keys that are also something else in a path, a query, XML or a header. */
const oddNames = [
  '.hidden',
  '%2e%2e',
  '...',
  'CON',
  'é.txt',
  'a b',
  'a+b',
  'a.blob',
  'Ünïcode/☂',
  "&<>'!()*",
  'a=b?c#d',
]
const badKeys = ['..', '../x', 'a/../../x', '/etc/passwd', 'a//b', 'a\\..\\b', 'a/./b', '', 'a\u0000b', 'x'.repeat(81)]

/**
 * What every adapter of the blob port must do. `judges`: whether signatures are looked at; an emulator that lets every address in can
 * show that a good one is, not that a bad one is not.
 *
 *   blobContract('files', async () => ({ blobs, request, close }))
 */
export const blobContract = (name: string, open: () => Promise<OpenedBlobs>, { judges = true } = {}): void => {
  describe(`blob contract: ${name}`, { timeout: 30_000 }, () => {
    let opened: OpenedBlobs
    beforeAll(async () => {
      opened = await open()
    }, 30_000)
    afterAll(() => opened.close())

    it('gives back bytes and content type, and the new bytes after they were replaced', async () => {
      const { blobs } = opened
      await blobs.put('a/one.pdf', bytes('one\ntwo'), { contentType: 'application/pdf' })
      await blobs.put('a/one.pdf', bytes('three'), { contentType: 'image/png' })
      expect(text((await blobs.get('a/one.pdf'))?.bytes)).toBe('three')
      expect((await blobs.get('a/one.pdf'))?.contentType).toBe('image/png')
    })

    it('keeps bytes as they are: none, all of them, and a megabyte', async () => {
      const { blobs } = opened
      const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      const large = Uint8Array.from({ length: 1_000_003 }, (_, index) => (index * 31) % 251)
      for (const [key, some] of [
        ['bytes/none', new Uint8Array()],
        ['bytes/every', every],
        ['bytes/large', large],
      ] as const) {
        await blobs.put(key, some, { contentType: 'application/octet-stream' })
        expect(Buffer.compare(Buffer.from((await blobs.get(key))!.bytes), Buffer.from(some)), key).toBe(0)
      }
    })

    it('has nothing under a key nobody put, nor under the beginning of one', async () => {
      const { blobs } = opened
      await blobs.put('deep/down/here', bytes('x'), plain)
      expect(await blobs.get('never')).toBeUndefined()
      expect(await blobs.get('deep/down')).toBeUndefined()
    })

    it('lists keys by prefix, in order, with every name as it was given', async () => {
      const { blobs } = opened
      for (const key of oddNames) await blobs.put(`odd/${key}`, bytes(key), plain)
      expect(await blobs.list('odd/')).toEqual(oddNames.map((key) => `odd/${key}`).sort())
      for (const key of oddNames) expect(text((await blobs.get(`odd/${key}`))?.bytes), key).toBe(key)
      expect(await blobs.list('odd/C')).toEqual(['odd/CON'])
      expect(await blobs.list('nothing/')).toEqual([])
    })

    it('may hold a key that is the beginning of another', async () => {
      const { blobs } = opened
      await blobs.put('both/a', bytes('file'), plain)
      await blobs.put('both/a/b', bytes('below'), plain)
      expect(text((await blobs.get('both/a'))?.bytes)).toBe('file')
      expect(await blobs.list('both/')).toEqual(['both/a', 'both/a/b'])
    })

    it('lists more keys than one page of any service holds', async () => {
      const { blobs } = opened
      const many = Array.from({ length: 1_050 }, (_, index) => `many/${String(index).padStart(5, '0')}`)
      for (let at = 0; at < many.length; at += 50)
        await Promise.all(many.slice(at, at + 50).map((key) => blobs.put(key, bytes(key), plain)))
      expect(await blobs.list('many/')).toEqual(many)
    }, 60_000)

    it('refuses what is no key', async () => {
      const { blobs } = opened
      const refused = { name: WerenodeError.name, code: 'invalid-input' }
      for (const key of badKeys) {
        await expect(blobs.put(key, bytes('x'), plain), key).rejects.toMatchObject(refused)
        await expect(blobs.get(key), key).rejects.toMatchObject(refused)
        await expect(blobs.signedUrl(key, { verb: 'get', expiresInS: 60 }), key).rejects.toMatchObject(refused)
      }
    })

    it('signs an address with which anyone reads or writes one key', async () => {
      const { blobs, request } = opened
      await blobs.put('signed/a b+ü.txt', bytes('hello'), plain)
      const get = await blobs.signedUrl('signed/a b+ü.txt', { verb: 'get', expiresInS: 60 })
      expect(text((await request('get', get)).bytes)).toBe('hello')
      const put = await blobs.signedUrl('signed/up', { verb: 'put', expiresInS: 60 })
      expect((await request('put', put, bytes('from outside'))).status).toBeLessThan(300)
      expect(text((await blobs.get('signed/up'))?.bytes)).toBe('from outside')
      await expect(blobs.signedUrl('signed/up', { verb: 'get', expiresInS: 0 })).rejects.toMatchObject({
        code: 'invalid-input',
      })
    })

    it.runIf(judges)('lets nobody in with an address that was changed, or is for the other verb', async () => {
      const { blobs, request } = opened
      await blobs.put('signed/mine', bytes('mine'), plain)
      await blobs.put('signed/yours', bytes('yours'), plain)
      const get = await blobs.signedUrl('signed/mine', { verb: 'get', expiresInS: 60 })
      const status = async (verb: 'get' | 'put', url: string) => (await request(verb, url, bytes('changed'))).status
      expect(await status('get', get)).toBe(200)
      expect(await status('get', get.replace('signed/mine', 'signed/yours'))).toBe(403)
      expect(await status('put', get)).toBe(403)
      expect(await status('get', get.split('?')[0]!)).toBe(403)
      const later = new URL(get)
      for (const name of ['expires', 'X-Amz-Expires'])
        if (later.searchParams.has(name)) later.searchParams.set(name, String(Number(later.searchParams.get(name)) + 1))
      expect(await status('get', later.href)).toBe(403)
      expect(text((await blobs.get('signed/mine'))?.bytes)).toBe('mine')
    })
  })
}
