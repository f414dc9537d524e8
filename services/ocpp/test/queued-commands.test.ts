import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStationConsole } from '../src/index.ts'
import { type House, openHouse } from './house.ts'
import { connectStation } from './station.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

let nowMs = Date.now()
const openConsole = () =>
  createStationConsole({
    store: house.store,
    bus: house.bus,
    clock: () => new Date(nowMs),
    log: pino({ level: 'silent' }),
  })

it('a message to an absent station fails at once in words, or waits until it is back', async () => {
  const stations = openConsole()
  const { stationId, password } = await house.station()
  const reset = { type: 'Soft' }
  await expect(stations.call(stationId, 'Reset', reset)).rejects.toMatchObject({
    code: 'station-offline',
    message: `Station ${stationId} is not connected`,
  })
  await stations.callLater(stationId, 'Reset', reset, 60)
  await stations.callLater(stationId, 'Reset', { type: 'Nonsense' }, 60)
  const withdrawn = await stations.callLater(stationId, 'ClearCache', {}, 60)
  expect(await stations.withdraw(withdrawn)).toBe(true)
  nowMs -= 120_000
  await stations.callLater(stationId, 'ClearCache', {}, 60)
  nowMs += 120_000

  const station = await connectStation({ url: house.service.url, stationId, password, version: 'ocpp1.6' })
  station.answering('Reset', { status: 'Accepted' })
  await station.boot()
  const states = async () => (await stations.queued(stationId)).map(({ action, state }) => `${action} ${state}`).sort()
  await expect
    .poll(states, { timeout: 20_000 })
    .toEqual(['ClearCache expired', 'ClearCache withdrawn', 'Reset answered', 'Reset failed'])
  expect(station.received.filter((frame) => frame[2] === 'Reset')).toHaveLength(1)
  const answered = (await stations.queued(stationId)).find(({ state }) => state === 'answered')
  expect(answered?.answer).toEqual({ status: 'Accepted' })
  station.close()
})
