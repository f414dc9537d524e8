import { connect as connectSocket } from 'node:net'
import pino from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createStationConsole, defaultDoorRates } from '../src/index.ts'
import { createCredentialChecker, hashPassword } from '../src/stations/credentials.ts'
import { type House, inHouse, openHouse } from './house.ts'
import { connectStation } from './station.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const connect = (options: {
  stationId: string
  password: string | undefined
  headers?: Record<string, string>
  at?: House
}) => connectStation({ version: 'ocpp1.6', ...options, url: (options.at ?? house).service.url })
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

it('a second socket under a station’s identity gets nowhere without its password (SaiFlow 2023)', async () => {
  const { stationId, password } = await house.station()
  const station = await connect({ stationId, password })
  await station.boot()
  for (const headers of [
    {},
    basic(stationId, 'guess-guess-guess'),
    basic('SOMEBODY-ELSE', password!),
    { authorization: 'Basic %%%' },
  ])
    await expect(connect({ stationId, password: undefined, headers })).rejects.toMatchObject({ status: 401 })
  expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  expect(house.told(station).all('station.disconnected')).toEqual([])
})

it('an unknown station and a wrong password are told apart neither by words nor by work (CVE-2026-22552)', async () => {
  const { stationId } = await house.station()
  const wrong = await connect({ stationId, password: 'guess-guess-guess' }).catch((error) => error)
  const unknown = await connect({ stationId: 'NOBODY', password: 'guess-guess-guess' }).catch((error) => error)
  expect([wrong.status, wrong.message]).toEqual([unknown.status, unknown.message])
  const checker = createCredentialChecker({ now: Date.now })
  const stored = [await hashPassword('the-right-password')]
  const cpuOf = async (work: () => Promise<unknown>) => {
    const before = process.cpuUsage()
    for (let round = 0; round < 8; round += 1) await work()
    return process.cpuUsage(before).user
  }
  const guess = Buffer.from('guess')
  const ratio =
    (await cpuOf(() => checker.matches('A', guess, stored))) / (await cpuOf(() => checker.matches('B', guess, [])))
  expect(ratio).toBeGreaterThan(0.4)
  expect(ratio).toBeLessThan(2.5)
})

it('guessing passwords is slowed down, without locking the station out (CVE-2026-29796)', async () => {
  const rates = { ...defaultDoorRates, wrongPassword: { burst: 3, perSecond: 0.2 } }
  await inHouse({ rates }, async (house) => {
    const { stationId, password } = await house.station()
    const statuses: number[] = []
    // A slow machine lets a guess more in; no machine lets them all in.
    for (let guess = 0; guess < 12 && !statuses.includes(429); guess += 1)
      statuses.push(
        (await connect({ stationId, password: `guess-${guess}-guess`, at: house }).catch((error) => error)).status,
      )
    expect(statuses.slice(0, 3)).toEqual([401, 401, 401])
    expect(statuses).toContain(429)
    // The station itself comes in as soon as one more try is due.
    const back = await vi.waitFor(() => connect({ stationId, password, at: house }), { timeout: 20_000, interval: 500 })
    expect(await back.call('Heartbeat', {})).toHaveProperty('currentTime')
  })
})

it('connections are limited altogether and per address (CVE-2026-24445)', async () => {
  const rates = { ...defaultDoorRates, address: { burst: 2, perSecond: 0.1 } }
  await inHouse({ rates }, async (house) => {
    const known = await house.station()
    await connect({ ...known, at: house })
    await connect({ ...known, at: house })
    await expect(connect({ ...known, at: house })).rejects.toMatchObject({ status: 429 })
  })
})

it('a station is never let in below its security profile', async () => {
  const { stationId, password } = await house.station({ securityProfile: 2 })
  await expect(connect({ stationId, password })).rejects.toMatchObject({ status: 403 })
})

it('a blocked station loses its link and gets no other', async () => {
  const console = createStationConsole({ ...house, clock: () => new Date(), log: pino({ level: 'silent' }) })
  const { stationId, password } = await house.station()
  const station = await connect({ stationId, password })
  await console.block(stationId, true)
  expect(await station.closed).toMatchObject({ code: 1008 })
  await expect(connect({ stationId, password })).rejects.toMatchObject({ status: 403 })
  await console.block(stationId, false)
  await connect({ stationId, password })
})

it('JSON bombs and prototype games harm nobody', async () => {
  const [attacker, other] = [await house.connect(), await house.connect()]
  attacker.raw('['.repeat(500_000))
  attacker.raw(`[2,"deep","DataTransfer",{"vendorId":"x","data":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}]`)
  attacker.raw(
    '[2,"p","DataTransfer",{"vendorId":"x","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]',
  )
  attacker.raw(`[2,"k","Heartbeat",{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',')}}]`)
  expect(await attacker.call('Heartbeat', {})).toHaveProperty('currentTime')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect(await other.call('Heartbeat', {})).toHaveProperty('currentTime')
})

it('a flood from one station is held back at its own socket, and others are served', async () => {
  const [flooder, other] = [await house.connect(), await house.connect()]
  const before = process.memoryUsage().rss
  for (let index = 0; index < 20_000; index += 1) flooder.raw(`[2,"f${index}","Authorize",{"idTag":"T${index % 100}"}]`)
  const began = Date.now()
  expect(await other.call('Heartbeat', {})).toHaveProperty('currentTime')
  expect(Date.now() - began).toBeLessThan(5_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
  flooder.close()
})

it('a request that trickles in is cut off', () =>
  inHouse({ handshakeTimeoutMs: 300 }, async (house) => {
    const socket = connectSocket(house.service.port, '127.0.0.1')
    socket.write('GET /ocpp/X HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    socket.on('data', () => undefined)
    await new Promise<void>((resolve) => {
      socket.on('close', () => resolve())
      socket.on('error', () => resolve())
    })
  }))

it('no password reaches a log or an event', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  await inHouse({ log }, async (house) => {
    const password = 'VERY-SECRET-PASSWORD'
    const { stationId } = await house.station({ password })
    const station = await connect({ stationId, password, at: house })
    await station.boot()
    await connect({ stationId, password: 'ALSO-SECRET-GUESS', at: house }).catch(() => undefined)
    const console = createStationConsole({ ...house, clock: () => new Date(), log })
    await console.call(stationId, 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'NEW-SECRET-PASSWORD' })
    const told = JSON.stringify([lines, house.events, await console.messages(stationId), await console.get(stationId)])
    for (const secret of [
      password,
      'ALSO-SECRET-GUESS',
      'NEW-SECRET-PASSWORD',
      Buffer.from(password).toString('base64'),
    ])
      expect(told).not.toContain(secret)
  })
})
