import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { newEvent } from '@werenode/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from './event-source.ts'
import { someSession, standInManager } from './manager.ts'
import { openWorld, type World } from './world.ts'

let world: World
let manager: ReturnType<typeof standInManager>
let url: string
let n = 0
beforeAll(async () => {
  world = await openWorld({ streams: { heartbeatMs: 20, perListener: 3 } })
  manager = standInManager(world.bus)
  ;({ url } = await world.api.start({ port: 0 }))
})
afterAll(() => world.close())

const charging = async () => {
  const driver = await world.driver()
  n += 1
  const view = manager.put(someSession(driver.address, 100 + n))
  return { driver, view, live: `${url}/v1/sessions/${view.id}/live` }
}
const energies = (got: readonly { data: unknown }[]) =>
  got.map(({ data }) => (data as { data: { energyWh?: number } }).data?.energyWh)

test('a stream begins with the session as it is, then tells what happens', async () => {
  const { driver, view, live } = await charging()
  const stream = await listen(live, driver.headers)
  expect(stream.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  await stream.count(1)
  expect(stream.got[0]).toMatchObject({ event: 'session.view', data: { id: view.id, energyWh: 1200 } })
  expect(stream.got[0]!.id).toBeUndefined()
  const { events } = await manager.meter(view, 1300)
  await stream.count(2)
  expect(stream.got[1]).toEqual({ id: String(events[0]!.seq), event: 'session.meter', data: events[0] })
  await stream.close()
})

test('a stream tells nothing of other sessions', async () => {
  const mine = await charging()
  const other = await charging()
  const stream = await listen(mine.live, mine.driver.headers)
  await stream.count(1)
  await manager.meter(other.view, 5000)
  await manager.meter(mine.view, 1400)
  await stream.count(2)
  expect(energies(stream.got.slice(1))).toEqual([1400])
  await stream.close()
})

test('Last-Event-ID goes on after it, with nothing lost, doubled or out of order', async () => {
  const { driver, view, live } = await charging()
  const first = await listen(live, driver.headers)
  await first.count(1)
  for (const wh of [1, 2, 3]) await manager.meter(view, wh)
  await first.count(4)
  const lastSeen = first.got[2]!.id!
  await first.close()
  for (const wh of [4, 5]) await manager.meter(view, wh)
  const second = await listen(live, { ...driver.headers, 'last-event-id': lastSeen })
  const writing = (async () => {
    for (let wh = 6; wh <= 60; wh += 1) await manager.meter(view, wh)
  })()
  await second.count(58)
  await writing
  expect(energies(second.got)).toEqual(Array.from({ length: 58 }, (_, index) => index + 3))
  await second.close()
})

test('a Last-Event-ID that is none is refused', async () => {
  const { driver, live } = await charging()
  for (const id of ['-1', 'x', '1.5', '9'.repeat(30)]) {
    const answer = await fetch(live, { headers: { ...driver.headers, 'last-event-id': id } })
    expect(answer.status).toBe(400)
    await answer.body?.cancel()
  }
})

test('a listener that does not read holds back only itself, and misses nothing', async () => {
  const { driver, view } = await charging()
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(
    `GET /v1/sessions/${view.id}/live HTTP/1.1\r\nHost: x\r\nAuthorization: ${driver.headers.authorization}\r\n\r\n`,
  )
  await new Promise<void>((resolve) => socket.once('data', () => resolve()))
  socket.pause()
  const many = 6_000
  for (let from = 0; from < many; from += 500)
    await world.bus.commit(
      [],
      Array.from({ length: 500 }, (_, index) =>
        newEvent({
          id: `flood:${from + index}`,
          type: 'session.warning',
          at: world.clock(),
          subject: `session.${view.id}`,
          data: { sessionId: view.id, code: 'idle', message: `${from + index} ${'x'.repeat(1500)}` },
        }),
      ),
    )
  const seen: number[] = []
  createInterface({ input: socket }).on('line', (line) => {
    const message = /"message":"(\d+) /.exec(line)
    if (message) seen.push(Number(message[1]))
  })
  await expect.poll(() => seen.length, { timeout: 15_000 }).toBe(many)
  expect(seen).toEqual(Array.from({ length: many }, (_, index) => index))
  socket.destroy()
})

test('heartbeats come, and end with the login', async () => {
  const { driver, live } = await charging()
  const stream = await listen(live, driver.headers)
  await stream.until(() => stream.comments() >= 2)
  await world.api.inject({ method: 'POST', url: '/auth/signout', headers: driver.headers })
  await stream.until(stream.isOver)
})

test('a caller has a few streams at a time', async () => {
  const { driver, live } = await charging()
  const open = await Promise.all([1, 2, 3].map(() => listen(live, driver.headers)))
  await Promise.all(open.map((stream) => stream.count(1)))
  const one = await fetch(live, { headers: driver.headers })
  expect(one.status).toBe(429)
  expect(one.headers.get('retry-after')).toBe('10')
  await open[0]!.close()
  await expect.poll(async () => await fetchStatus(live, driver.headers)).toBe(200)
  await Promise.all(open.map((stream) => stream.close()))
})

const fetchStatus = async (address: string, headers: Record<string, string>): Promise<number> => {
  const stop = new AbortController()
  const { status } = await fetch(address, { headers, signal: stop.signal })
  stop.abort()
  return status
}

test('the catalogue stream tells statuses of a box or a location to anybody', async () => {
  const tell = (id: string, lon: number) =>
    world.bus.commit(
      [],
      [
        newEvent({
          id: `changed:${id}`,
          type: 'catalogue.changed',
          at: world.clock(),
          subject: `location.${id}`,
          data: { locationId: id, what: 'status', status: 'AVAILABLE', position: { lon, lat: 45 } },
        }),
      ],
    )
  const { events } = await tell('before', 4)
  const resume = { 'last-event-id': String(events[0]!.seq - 1) }
  const boxed = await listen(`${url}/v1/evses/live?box=3,44,5,46`, resume)
  const single = await listen(`${url}/v1/evses/live?locationId=c`, resume)
  await tell('a', 4)
  await tell('b', 9)
  await tell('c', 4.5)
  await boxed.count(3)
  await single.count(1)
  const told = (stream: typeof boxed) =>
    stream.got.map(({ data }) => (data as { data: { locationId: string } }).data.locationId)
  expect(told(boxed)).toEqual(['before', 'a', 'c'])
  expect(told(single)).toEqual(['c'])
  await boxed.close()
  await single.close()
})

test('stopping the server ends its streams', async () => {
  const other = await openWorld()
  const started = await other.api.start({ port: 0 })
  const stream = await listen(`${started.url}/v1/evses/live`)
  await other.close()
  await stream.until(stream.isOver)
})
