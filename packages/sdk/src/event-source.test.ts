import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { follow, readEvents, type ServerEvent } from './event-source.ts'
import { createHttp } from './http.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A real server that answers each connection with the next of `answers`. */
const serve = async (answers: ((lastEventId: string | undefined, reply: ServerResponse) => void)[]) => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, reply) => {
    const last = request.headers['last-event-id'] as string | undefined
    asked.push(last)
    answers[Math.min(asked.length, answers.length) - 1]!(last, reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { asked, http: createHttp({ baseUrl, fetch }) }
}
const stream = (reply: ServerResponse, text: string, end = true): void => {
  reply.writeHead(200, { 'content-type': 'text/event-stream' })
  reply.write(text)
  if (end) reply.end()
}
const take = async (events: AsyncIterable<ServerEvent>, count: number): Promise<unknown[]> => {
  const got: unknown[] = []
  for await (const { data } of events) {
    got.push(data)
    if (got.length === count) break
  }
  return got
}

test('goes on after the last event when the connection ends, breaks or the node is briefly away', async () => {
  const { asked, http } = await serve([
    (_last, reply) => stream(reply, 'id: 7\ndata: 1\n\n'),
    (_last, reply) => reply.destroy(),
    (_last, reply) => reply.writeHead(503).end(),
    (_last, reply) => stream(reply, 'id: 9\ndata: 2\n\n', false),
  ])
  expect(await take(follow(http, '/x', {}), 2)).toEqual([1, 2])
  expect(asked).toEqual([undefined, '7', '7', '7'])
})

test('an answer that will not change ends it with that error', async () => {
  const { http } = await serve([
    (_last, reply) =>
      reply
        .writeHead(404, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify({ code: 'not-found', detail: 'No such session', hint: 'Look again.' })),
  ])
  await expect(take(follow(http, '/x', {}), 1)).rejects.toMatchObject({
    code: 'not-found',
    message: 'No such session',
    hint: 'Look again.',
  })
})

test('ends quietly when the caller stops, even while it waits', async () => {
  const { http } = await serve([(_last, reply) => reply.destroy()])
  const stop = new AbortController()
  const following = take(follow(http, '/x', { signal: stop.signal }), 1)
  setTimeout(() => stop.abort(), 50)
  expect(await following).toEqual([])
})

test('a fetch that cannot stream is told so', async () => {
  const http = createHttp({
    baseUrl: 'http://127.0.0.1',
    fetch: async () => ({ ok: true, status: 200, body: null }) as Response,
  })
  await expect(take(follow(http, '/x', {}), 1)).rejects.toMatchObject({ code: 'not-acceptable' })
})

test('events are the same however the bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ id: fc.nat(), text: fc.string({ unit: 'grapheme' }) }), { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
      fc.constantFrom('\n', '\r\n'),
      async (events, sizes, line) => {
        const text = events
          .map(({ id, text: data }) =>
            [`id: ${id}`, 'event: e', `data: ${JSON.stringify(data)}`, '', ': beat', '', ''].join(line),
          )
          .join('')
        const bytes = new TextEncoder().encode(text)
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
              const size = sizes[turn % sizes.length]!
              controller.enqueue(bytes.slice(at, at + size))
              at += size
            }
            controller.close()
          },
        })
        const got: ServerEvent[] = []
        for await (const event of readEvents(body)) got.push(event)
        expect(got).toEqual(events.map(({ id, text: data }) => ({ id: String(id), event: 'e', data })))
      },
    ),
    { numRuns: 60 },
  )
})
