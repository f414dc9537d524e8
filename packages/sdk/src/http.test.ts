import { expect, test } from 'vitest'
import { createHttp } from './http.ts'

const answers = (...list: (Response | Error)[]) => {
  const asked: { url: string; init: RequestInit }[] = []
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    asked.push({ url: String(url), init: init! })
    const next = list[Math.min(asked.length, list.length) - 1]!
    if (next instanceof Error) throw next
    return next.clone()
  }
  return { asked, http: createHttp({ baseUrl: 'https://node.example', fetch: fetch as typeof globalThis.fetch }) }
}
const good = Response.json({ fine: true })

test('what is safe to repeat is repeated when the node is away for a moment', async () => {
  const { asked, http } = answers(new TypeError('network'), new Response(null, { status: 503 }), good)
  expect(await http.json('/v1/x')).toEqual({ fine: true })
  expect(asked).toHaveLength(3)
})

test('a POST is repeated only with a key', async () => {
  const plain = answers(new TypeError('network'), good)
  await expect(plain.http.json('/v1/x', { method: 'POST', body: {} })).rejects.toMatchObject({ code: 'no-responder' })
  expect(plain.asked).toHaveLength(1)
  const keyed = answers(new TypeError('network'), good)
  expect(await keyed.http.json('/v1/x', { method: 'POST', body: {}, idempotencyKey: 'k' })).toEqual({ fine: true })
  expect(keyed.asked.map(({ init }) => (init.headers as Record<string, string>)['idempotency-key'])).toEqual(['k', 'k'])
})

test('a refusal is not repeated, and keeps its code, hint, data and when to come back', async () => {
  const problem = { code: 'evse-occupied', detail: 'In use', hint: 'Wait.', data: { evseId: 'x' } }
  const { asked, http } = answers(Response.json(problem, { status: 409, headers: { 'retry-after': '7' } }))
  await expect(http.json('/v1/x')).rejects.toMatchObject({
    name: 'WerenodeError',
    code: 'evse-occupied',
    message: 'In use',
    hint: 'Wait.',
    data: { evseId: 'x', retryAfterS: 7 },
  })
  expect(asked).toHaveLength(1)
})

test.each([
  [404, 'not-found'],
  [418, 'invalid-input'],
  [429, 'rate-limited'],
  [599, 'internal'],
])('an answer %i without a problem is told by its status', async (status, code) => {
  const { http } = answers(new Response('<html>', { status }))
  await expect(http.json('/v1/x', { method: 'POST' })).rejects.toMatchObject({ code })
})

test('a code that this version does not know is not taken over', async () => {
  const { http } = answers(Response.json({ code: 'constructor', detail: 'x' }, { status: 400 }))
  await expect(http.json('/v1/x')).rejects.toMatchObject({ code: 'invalid-input' })
})

test('queries leave out what is undefined and repeat lists', async () => {
  const { asked, http } = answers(good)
  await http.json('/v1/x', { query: { a: undefined, b: ['1', '2'], c: false, d: 'é&' } })
  expect(asked[0]?.url).toBe('https://node.example/v1/x?b=1&b=2&c=false&d=%C3%A9%26')
})

test('a caller who stops gets their own reason', async () => {
  const { http } = answers(good)
  const stop = new AbortController()
  stop.abort(new Error('enough'))
  const slow = createHttp({
    baseUrl: 'https://node.example',
    fetch: ((_url: unknown, init?: RequestInit) =>
      init?.signal?.aborted ? Promise.reject(init.signal.reason) : Promise.resolve(good)) as typeof fetch,
  })
  await expect(slow.json('/v1/x', { signal: stop.signal })).rejects.toThrow('enough')
  expect(await http.json('/v1/x')).toBeDefined()
})
