import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultDoorRates, dropOldPasswords, rotatePassword } from '../../src/index.ts'
import { type House, inHouse, openHouse } from '../house.ts'
import { connectStation } from '../station.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const connect = (options: {
  at?: House
  stationId: string
  password: string | undefined
  version?: string
  headers?: Record<string, string>
}) => connectStation({ version: 'ocpp1.6', ...options, url: (options.at ?? house).service.url })

it('a station without a sub-protocol is told why, unless its version was set by the operator', async () => {
  const plain = await house.station()
  await expect(connect({ ...plain, version: '' })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('Sec-WebSocket-Protocol'),
  })
  const known = await house.station({ defaultVersion: 'ocpp1.6' })
  const station = await connect({ ...known, version: '' })
  expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
})

it('the station chooses among the versions, and its spelling is echoed', async () => {
  const plain = await house.station()
  const station = await connect({ ...plain, version: 'ocpp9.9,OCPP2.0.1,ocpp1.6' })
  expect(station.socket.protocol).toBe('OCPP2.0.1')
  await expect(connect({ ...plain, version: 'soap' })).rejects.toMatchObject({ status: 400 })
})

it('a request without Connection: Upgrade is told what is missing', async () => {
  const answer = await new Promise<{ status: number | undefined; words: string }>((resolve, reject) => {
    const asking = request(
      { port: house.service.port, path: '/ocpp/X', headers: { upgrade: 'websocket' } },
      (response) => {
        let words = ''
        response.on('data', (chunk) => {
          words += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode, words }))
      },
    )
    asking.on('error', reject)
    asking.end()
  })
  expect(answer).toMatchObject({ status: 426, words: expect.stringContaining('WebSocket') })
})

it('a reboot loop is slowed down with 429 and Retry-After, and other stations notice nothing', async () => {
  await inHouse({ rates: { ...defaultDoorRates, identity: { burst: 3, perSecond: 0.5 } } }, async (house) => {
    const [looping, calm] = [await house.station(), await house.station()]
    for (let boot = 0; boot < 3; boot += 1) (await connect({ ...looping, at: house })).close()
    const refused = await connect({ ...looping, at: house }).catch((error) => error)
    expect(refused).toMatchObject({ status: 429 })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(await (await connect({ ...calm, at: house })).call('Heartbeat', {})).toHaveProperty('currentTime')
  })
})

it('a key in hexadecimal opens the door as text and as the bytes it stands for', async () => {
  const key = '00ff10203040506070809000a0b0c0d0e0f01122'
  const { stationId } = await house.station({ password: key })
  await connect({ stationId, password: key })
  const bytes = Buffer.concat([Buffer.from(`${stationId}:`), Buffer.from(key, 'hex')]).toString('base64')
  await connect({ stationId, password: undefined, headers: { authorization: `Basic ${bytes}` } })
  await expect(connect({ stationId, password: key.slice(2) })).rejects.toMatchObject({ status: 401 })
})

it('an identity with a colon is not mistaken for a password', async () => {
  const { stationId, password } = await house.station({ stationId: 'DE:7*X' })
  expect(await (await connect({ stationId, password })).call('Heartbeat', {})).toHaveProperty('currentTime')
})

it('a rotated password opens the door beside the old one until the old one is dropped', async () => {
  const { stationId, password } = await house.station()
  const fresh = await rotatePassword(house, stationId)
  await connect({ stationId, password })
  await connect({ stationId, password: fresh })
  await dropOldPasswords(house, stationId)
  await expect(connect({ stationId, password })).rejects.toMatchObject({ status: 401 })
  await connect({ stationId, password: fresh })
})

it('an identity is decoded once and may not lead elsewhere', async () => {
  for (const path of ['..%2F..%2Fetc', '%2525', 'a%20b', '%E0%A4%A', `${'x'.repeat(49)}`]) {
    const url = `${house.service.url}${path}`
    const answer = connectStation({
      url: url.slice(0, -path.length),
      stationId: 'x',
      password: 'x',
      version: 'ocpp1.6',
    })
    await expect(answer).rejects.toMatchObject({ status: 401 })
  }
})
