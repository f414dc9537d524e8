import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCatalogue } from '@werenode/api'
import { createInProcessBus } from '@werenode/bus'
import { ceilingOf, describeTariff, parseTariff } from '@werenode/core'
import { ocppCollections } from '@werenode/ocpp'
import { openMemoryStore } from '@werenode/store'
import { describe, expect, it } from 'vitest'
import { furnishDemo } from './furnish.ts'
import { demoParty } from './party.ts'
import { demoStations } from './stations.ts'
import { demoTariffs } from './tariffs.ts'

describe('the demo party', () => {
  it.each(Object.entries(demoTariffs))('has a tariff "%s" that can be priced and paid on chain', (_, tariff) => {
    const parsed = parseTariff(tariff)
    expect(describeTariff(parsed).length).toBeGreaterThan(0)
    expect(ceilingOf(parsed).pricePerKWh).toBeGreaterThanOrEqual(0n)
  })

  it('asks the driver the prices its comments say', () => {
    expect(ceilingOf(parseTariff(demoTariffs.alternating)).pricePerKWh).toBe(390_000n)
    expect(ceilingOf(parseTariff(demoTariffs.direct)).pricePerKWh).toBe(540_000n)
    expect(ceilingOf(parseTariff(demoTariffs.night)).pricePerKWh).toBe(420_000n)
  })

  it('speaks both protocol versions, has a free plug, and no EVSE twice', () => {
    expect(new Set(demoStations.map(({ version }) => version))).toEqual(new Set(['1.6', '2.0.1']))
    expect(demoStations.some(({ tariffId }) => tariffId === demoTariffs.free.id)).toBe(true)
    const ids = demoStations.flatMap(({ evseIds }) => evseIds)
    expect(new Set(ids).size).toBe(ids.length)
    expect(demoStations.every(({ place }) => place.name.includes('simulated'))).toBe(true)
  })

  it('moves in once; a second time changes nothing and keeps the passwords, which only the owner may read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'werenode-demo-'))
    const store = await openMemoryStore()
    const clock = () => new Date()
    const bus = await createInProcessBus({ store, clock })
    const catalogue = createCatalogue({ store, bus, clock })
    await catalogue.prepare()
    await store.define(ocppCollections)
    const passwordFile = join(folder, 'simulator', 'passwords.json')
    const first = await furnishDemo({ store, clock, catalogue, party: demoParty, passwordFile })
    const changes = await bus.replay({ afterSeq: 0, types: ['catalogue.changed'] })
    const second = await furnishDemo({ store, clock, catalogue, party: demoParty, passwordFile })
    expect(second).toEqual(first)
    expect(await bus.replay({ afterSeq: 0, types: ['catalogue.changed'] })).toHaveLength(changes.length)
    expect(await store.count('api_locations', { source: 'demo' })).toBe(demoStations.length)
    expect((await stat(passwordFile)).mode & 0o777).toBe(0o600)
    await bus.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
})
