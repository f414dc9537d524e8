import { afterEach, beforeEach, expect, it } from 'vitest'
import { type House, openHouse, sessionId } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

it('a station that leaves Connection: Upgrade out is told what is missing', async () => {
  const simulator = await house.simulate([{ id: 'SIM-1', version: '1.6' }])
  await simulator.send({ do: 'misbehave', on: ['no-upgrade-header'] })
  await simulator.send({ do: 'offline' })
  await simulator.send({ do: 'online' })
  const { status } = await simulator.waitFor('refused')
  expect(status).toBe(426)
})

it.each(['1.6', '2.0.1'] as const)(
  'a station of %s with a small buffer loses its line over a large message, and comes back',
  async (version) => {
    const simulator = await house.simulate([{ id: 'SIM-1', version, misbehave: ['small-buffer'] }])
    const connected = simulator.events.filter(({ event }) => event === 'connected').length
    const send = (action: string, payload: object) =>
      house.bus.request('station.SIM-1.command', { action, payload }, { timeoutMs: 10_000 })
    await expect(send('DataTransfer', { vendorId: 'V', data: 'x'.repeat(2_000) })).rejects.toMatchObject({
      code: 'station-offline',
    })
    await expect
      .poll(() => simulator.events.filter(({ event }) => event === 'connected').length, { timeout: 20_000 })
      .toBeGreaterThan(connected)
    // What is small is taken as before.
    await expect
      .poll(
        async () =>
          (
            await house
              .command('SIM-1', { verb: 'setLimit', evse: 1, limitW: 7_000, sessionId } as never)
              .catch(() => ({ accepted: false }))
          ).accepted,
        { timeout: 20_000 },
      )
      .toBe(true)
  },
)
