import { ceilingOf, parseTariff } from '@werenode/core'
import { expect, test } from 'vitest'
import { isFree } from '../tariff.ts'
import { demoLocations, demoStations } from './locations.ts'
import { demoTariffs } from './tariffs.ts'

test.each(demoTariffs.map((tariff) => [tariff.id, tariff]))(
  '%s is a tariff the engine prices and the chain can bound',
  (_id, tariff) => {
    const parsed = parseTariff(tariff)
    expect(() => ceilingOf(parsed, { energyWh: 100_000, totalSeconds: 86_400 })).not.toThrow()
  },
)

test('one tariff is free, and every connector has a tariff that exists', () => {
  expect(demoTariffs.filter(isFree).map(({ id }) => id)).toEqual(['WRN-FREE'])
  const ids = new Set(demoTariffs.map(({ id }) => id))
  const used = demoLocations.flatMap(({ evses }) =>
    evses.flatMap(({ connectors }) => connectors.flatMap((one) => one.tariffIds)),
  )
  expect(used.every((id) => ids.has(id))).toBe(true)
})

test('EVSE ids count on, and each belongs to one station', () => {
  const ids = demoStations.flatMap(({ evses }) => evses.map(({ evseId }) => evseId))
  expect(ids).toEqual(ids.map((_id, index) => `FR*WRN*E${String(index + 1).padStart(6, '0')}`))
  expect(demoLocations.every(({ source, evses }) => source === 'demo' && evses.every(({ payable }) => payable))).toBe(
    true,
  )
})
