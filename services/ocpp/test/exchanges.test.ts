import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStationConsole, type StationConsole } from '../src/index.ts'
import { type Direction, schemasOf } from '../src/wire/schemas.ts'
import type { OcppVersion } from '../src/wire/version.ts'
import type { Exchange } from './exchanges/exchange.ts'
import { exchanges16 } from './exchanges/v16.ts'
import { exchanges21 } from './exchanges/v21.ts'
import { exchanges201, only201 } from './exchanges/v201.ts'
import { type House, openHouse } from './house.ts'
import type { TestStation } from './station.ts'

const suites: readonly (readonly [OcppVersion, readonly Exchange[]])[] = [
  ['ocpp1.6', exchanges16],
  ['ocpp2.0.1', [...exchanges201, ...only201]],
  ['ocpp2.1', [...exchanges201, ...exchanges21]],
]

describe.each(suites)('every message of %s', (version, exchanges) => {
  let house: House
  let station: TestStation
  let console: StationConsole
  beforeAll(async () => {
    house = await openHouse()
    const { store, bus } = house
    console = createStationConsole({ store, bus, clock: () => new Date(), log: pino({ level: 'silent' }) })
    station = await house.connect({ version })
  })
  afterAll(() => house.close())

  const named = exchanges.map(
    (exchange, index) => [`${exchange.direction} ${exchange.action} (${index})`, exchange] as const,
  )

  it.each(named)('%s is checked, answered and leaves what it should', async (_, exchange) => {
    const { action, direction, request, answer, leaves } = exchange
    const valid = (side: Direction, payload: unknown) =>
      expect(
        schemasOf(version)
          .violations(action, side, payload)
          ?.map((fault) => `${fault.instancePath} ${fault.message}`),
      ).toBeUndefined()
    valid('request', request)
    if (direction === 'in') {
      const given = await station.call(action, request)
      valid('response', given)
      expect(given).toMatchObject(answer as object)
    } else {
      valid('response', answer)
      const call = console.call(station.stationId, action, request)
      station.answering(action, answer)
      expect(await call).toEqual(answer)
    }
    for (const [kind, key, value] of leaves) {
      const entry = (await console.dossier(station.stationId, kind)).find((candidate) => candidate.key === key)
      if (value === null) expect(entry).toBeUndefined()
      else expect(entry?.value).toMatchObject(value as object)
    }
  })

  it('keeps no secret anywhere', async () => {
    const everything = JSON.stringify([
      await console.messages(station.stationId, { limit: 2_000 }),
      (await house.store.find('ocpp_dossier', { stationId: station.stationId }, { limit: 10_000 })).items,
    ])
    for (const secret of ['NEVERKEPT', 'S3CRET', 'token=secret']) expect(everything).not.toContain(secret)
  })

  it('refuses to send what breaks the schema, or what only stations send', async () => {
    await expect(console.call(station.stationId, 'Reset', { type: 'Sideways' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(console.call(station.stationId, 'Heartbeat', {})).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
