import { blobContract } from '@werenode/store/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { someBlobs } from './blobs.ts'
import { openWorld, type World } from './world.ts'

let world: World
let kept: Awaited<ReturnType<typeof someBlobs>>
let now = Date.parse('2026-11-22T12:00:00.000Z')
beforeAll(async () => {
  kept = await someBlobs(() => new Date(now))
  world = await openWorld({ blobs: kept.blobs, blobUrls: kept.blobUrls })
})
afterAll(async () => {
  await world.close()
  await kept.remove()
})

const pathOf = (url: string): string => url.slice(new URL(url).origin.length)

// The very suite that every blob store passes, with this service's doors in front.
blobContract('files, behind /v1/blobs', async () => {
  const own = await someBlobs()
  const served = await openWorld({ blobs: own.blobs, blobUrls: own.blobUrls })
  return {
    blobs: own.blobs,
    request: async (verb, url, bytes = new Uint8Array()) => {
      const answer = await served.api.inject({
        method: verb === 'get' ? 'GET' : 'PUT',
        url: pathOf(url),
        ...(verb === 'put'
          ? { payload: Buffer.from(bytes), headers: { 'content-type': 'application/octet-stream' } }
          : {}),
      })
      // Without its query an address is not even understood.
      const status = answer.statusCode === 400 ? 403 : answer.statusCode
      return { status, bytes: new Uint8Array(answer.rawPayload) }
    },
    close: async () => {
      await served.close()
      await own.remove()
    },
  }
})

const ask = (url: string, how: { method?: 'GET' | 'PUT'; payload?: Buffer; headers?: Record<string, string> } = {}) =>
  world.api.inject({ method: 'GET', url: pathOf(url), ...how })

test('an address ends in time, and is no page of ours whatever was uploaded', async () => {
  const put = await kept.blobs.signedUrl('up/load', { verb: 'put', expiresInS: 60 })
  const page = Buffer.from('<script>alert(1)</script>')
  expect((await ask(put, { method: 'PUT', payload: page, headers: { 'content-type': 'text/html' } })).statusCode).toBe(
    400,
  )
  const csv = { 'content-type': 'text/csv; charset=utf-8' }
  expect((await ask(put, { method: 'PUT', payload: page, headers: csv })).statusCode).toBe(204)
  const get = await kept.blobs.signedUrl('up/load', { verb: 'get', expiresInS: 60 })
  const answer = await ask(get)
  expect(answer.body).toBe(page.toString())
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv',
    'content-disposition': 'attachment; filename="load"',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  now += 61_000
  expect((await ask(get)).statusCode).toBe(410)
  expect((await ask(put, { method: 'PUT', payload: page, headers: csv })).statusCode).toBe(410)
})

test('an address of what is gone, and a node without files, say so', async () => {
  expect((await ask(await kept.blobs.signedUrl('never/put', { verb: 'get', expiresInS: 60 }))).statusCode).toBe(404)
  const bare = await openWorld()
  const answer = await bare.api.inject({ url: '/v1/blobs/a/b?expires=1&signature=x' })
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found'])
  await bare.close()
})
