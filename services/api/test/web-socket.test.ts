import { newEvent } from '@werenode/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { someSession, standInManager } from './manager.ts'
import { openWorld, type World } from './world.ts'

let world: World
let manager: ReturnType<typeof standInManager>
let url: string
let n = 0
beforeAll(async () => {
  world = await openWorld({ streams: { heartbeatMs: 20, perListener: 3 } })
  manager = standInManager(world.bus)
  url = (await world.api.start({ port: 0 })).url.replace('http', 'ws')
})
afterAll(() => world.close())

interface Message {
  readonly id?: string
  readonly event: string
  readonly data: { readonly data?: { readonly energyWh?: number; readonly locationId?: string } }
}

/** A listener as a browser is one: no headers, only subprotocols. */
const listen = async (path: string, token?: string) => {
  const socket = new WebSocket(`${url}${path}`, ['werenode.v1', ...(token === undefined ? [] : [`bearer.${token}`])])
  const got: Message[] = []
  let heartbeats = 0
  const ended = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  socket.on('message', (text) => {
    const message = JSON.parse(String(text)) as Message
    if (message.event === 'heartbeat') heartbeats += 1
    else got.push(message)
  })
  const status = await new Promise<number>((resolve) => {
    socket.on('open', () => resolve(101))
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode!))
    socket.on('error', () => resolve(0))
  })
  return {
    status,
    got,
    ended,
    heartbeats: () => heartbeats,
    protocol: () => socket.protocol,
    count: (many: number) => expect.poll(() => got.length, { timeout: 15_000 }).toBe(many),
    close: async () => {
      socket.close()
      await ended
    },
  }
}
const charging = async () => {
  const driver = await world.driver()
  n += 1
  const view = manager.put(someSession(driver.address, 300 + n))
  return { driver, view, live: `/v1/sessions/${view.id}/live` }
}
const energies = (got: readonly Message[]) => got.map(({ data }) => data.data?.energyWh)

test('a WebSocket tells a session as it is, then what happens, then that it is still there', async () => {
  const { driver, view, live } = await charging()
  const socket = await listen(live, driver.accessToken)
  expect([socket.status, socket.protocol()]).toEqual([101, 'werenode.v1'])
  await socket.count(1)
  expect(socket.got[0]).toMatchObject({ event: 'session.view', data: { id: view.id, energyWh: 1200 } })
  const { events } = await manager.meter(view, 1300)
  await socket.count(2)
  expect(socket.got[1]).toEqual({ id: String(events[0]!.seq), event: 'session.meter', data: events[0] })
  await expect.poll(socket.heartbeats, { timeout: 15_000 }).toBeGreaterThan(1)
  await socket.close()
})

test('whoever comes back with the last number goes on after it: nothing lost, doubled or out of order', async () => {
  const { driver, view, live } = await charging()
  const first = await listen(live, driver.accessToken)
  await first.count(1)
  for (const wh of [1, 2, 3]) await manager.meter(view, wh)
  await first.count(4)
  const lastSeen = first.got[2]!.id!
  await first.close()
  for (const wh of [4, 5]) await manager.meter(view, wh)
  const second = await listen(`${live}?afterSeq=${lastSeen}`, driver.accessToken)
  for (let wh = 6; wh <= 60; wh += 1) await manager.meter(view, wh)
  await second.count(58)
  expect(energies(second.got)).toEqual(Array.from({ length: 58 }, (_, index) => index + 3))
  await second.close()
})

test('the same guards stand in front: nobody, a stranger, a bad number, too many', async () => {
  const { driver, live } = await charging()
  const stranger = await world.driver()
  expect((await listen(live)).status).toBe(401)
  expect((await listen(live, 'wna_bad')).status).toBe(401)
  expect((await listen(`${live}?afterSeq=x`, driver.accessToken)).status).toBe(101)
  expect(await (await listen(`${live}?afterSeq=x`, driver.accessToken)).ended).toEqual({
    code: 4400,
    reason: 'invalid-input',
  })
  const other = await listen(live, stranger.accessToken)
  expect(await other.ended).toEqual({ code: 4404, reason: 'not-found' })
  expect(other.got[0]).toMatchObject({ event: 'problem', data: { code: 'not-found' } })
  const open = await Promise.all([1, 2, 3].map(() => listen(live, driver.accessToken)))
  await Promise.all(open.map((one) => one.count(1)))
  expect(await (await listen(live, driver.accessToken)).ended).toEqual({ code: 4429, reason: 'rate-limited' })
  await Promise.all(open.map((one) => one.close()))
})

test('a login that ends, ends its sockets', async () => {
  const { driver, live } = await charging()
  const socket = await listen(live, driver.accessToken)
  await socket.count(1)
  await world.api.inject({ method: 'POST', url: '/auth/signout', headers: driver.headers })
  expect((await socket.ended).code).toBe(1000)
})

test('live status of places goes to anybody, with resume', async () => {
  const tell = (id: string, lon: number) =>
    world.bus.commit(
      [],
      [
        newEvent({
          id: `told:${id}`,
          type: 'catalogue.changed',
          at: world.clock(),
          subject: `location.${id}`,
          data: { locationId: id, what: 'status', status: 'AVAILABLE', position: { lon, lat: 45 } },
        }),
      ],
    )
  const { events } = await tell('before', 4)
  const socket = await listen(`/v1/evses/live?box=3,44,5,46&afterSeq=${events[0]!.seq - 1}`)
  await tell('far', 9)
  await tell('near', 4.5)
  await socket.count(2)
  expect(socket.got.map(({ data }) => data.data?.locationId)).toEqual(['before', 'near'])
  await socket.close()
})

test('a listener that does not read holds back only itself, and misses nothing', async () => {
  const { driver, view, live } = await charging()
  const slow = new WebSocket(`${url}${live}`, ['werenode.v1', `bearer.${driver.accessToken}`])
  const seen: number[] = []
  await new Promise((resolve) => slow.once('message', resolve))
  slow.pause()
  slow.on('message', (text) => {
    const { event, data } = JSON.parse(String(text)) as { event: string; data: { data: { message: string } } }
    if (event === 'session.warning') seen.push(Number(data.data.message.split(' ')[0]))
  })
  const many = 3_000
  for (let from = 0; from < many; from += 500)
    await world.bus.commit(
      [],
      Array.from({ length: 500 }, (_, index) =>
        newEvent({
          id: `deluge:${from + index}`,
          type: 'session.warning',
          at: world.clock(),
          subject: `session.${view.id}`,
          data: { sessionId: view.id, code: 'idle', message: `${from + index} ${'x'.repeat(1500)}` },
        }),
      ),
    )
  slow.resume()
  await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(many)
  expect(seen).toEqual(Array.from({ length: many }, (_, index) => index))
  slow.terminate()
})

test('stopping the server closes its sockets', async () => {
  const other = await openWorld()
  const started = await other.api.start({ port: 0 })
  const socket = new WebSocket(`${started.url.replace('http', 'ws')}/v1/evses/live`)
  await new Promise((resolve) => socket.once('open', resolve))
  const ended = new Promise((resolve) => socket.once('close', resolve))
  await other.close()
  await ended
})
