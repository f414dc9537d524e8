import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInProcessBus } from '@werenode/bus'
import type { Bus, Location, Store } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { LocationDoc } from '../catalogue/collections.ts'
import { locationOf } from '../catalogue/location-doc.ts'
import { dynamicFile } from './export.ts'
import { importIrveDynamic } from './import-dynamic.ts'
import { importIrve } from './import-irve.ts'

const clock = () => new Date('2026-11-22T12:00:00.000Z')
let folder: string
let store: Store
let bus: Bus
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'irve-dynamic-'))
})
afterAll(async () => rm(folder, { recursive: true }))
beforeEach(async () => {
  store = await openMemoryStore()
  bus = await createInProcessBus({ store, clock })
  const header =
    'id_pdc_itinerance,id_station_itinerance,nom_station,nom_operateur,adresse_station,code_insee_commune,coordonneesXY,nbre_pdc,puissance_nominale,prise_type_2,date_maj'
  const rows = ['FRS35E1', 'FRS35E2', 'FRS35E3'].map(
    (pdc) => `${pdc},FRS35P1,Gare,Op,"1 Rue X, 35000 Rennes",35238,"[-1.68, 48.11]",3,22,True,2025-01-01`,
  )
  await importIrve({ store, clock, file: await file([header, ...rows].join('\n')) })
  return async () => {
    await bus.close()
    await store.close()
  }
})

const file = async (text: string): Promise<string> => {
  const path = join(folder, `${Math.random()}.csv`)
  await writeFile(path, text)
  return path
}
const header = 'id_pdc_itinerance,etat_pdc,occupation_pdc,horodatage'
const take = async (...rows: string[]) =>
  importIrveDynamic({ store, bus, clock, file: await file([header, ...rows].join('\n')) })
const place = async (): Promise<Location> => {
  const { items } = await store.find<LocationDoc>('api_locations', { source: 'irve' })
  const { _rev, ...doc } = items[0]!
  return locationOf(doc as LocationDoc)
}
const statuses = async () => (await place()).evses.map(({ status }) => status)

test('times may be written as the example file of the public schema writes them', async () => {
  expect(await take('FRS35E1,en_service,libre,2026-11-22T10:00:00+0100')).toMatchObject({ changed: 1, findings: [] })
  expect((await place()).evses[0]!.statusAt).toBe('2026-11-22T09:00:00.000Z')
})

test('points of open data take on how they are, and whoever watches is told', async () => {
  const seen: unknown[] = []
  bus.tap(['catalogue.changed'], ({ data }) => seen.push(data))
  const report = await take(
    'FRS35E1,en_service,libre,2026-11-22T10:00:00+01:00',
    'FRS35E2,en_service,occupe,2026-11-22T10:00:00+01:00',
    'FRS35E3,hors_service,inconnu,2026-11-22T10:00:00+01:00',
  )
  expect(report).toMatchObject({ rows: 3, changed: 3, findings: [] })
  expect(await statuses()).toEqual(['AVAILABLE', 'CHARGING', 'OUTOFORDER'])
  await bus.idle(5_000)
  expect(seen).toHaveLength(3)
  expect(seen[0]).toMatchObject({ what: 'status', status: 'AVAILABLE', statusAt: '2026-11-22T09:00:00.000Z' })
})

test('an older time changes nothing, and of two rows the newest counts', async () => {
  await take('FRS35E1,en_service,occupe,2026-11-22T10:00:00Z')
  expect(await take('FRS35E1,en_service,libre,2026-11-22T09:00:00Z')).toMatchObject({ changed: 0 })
  await take('FRS35E1,en_service,libre,2026-11-22T11:00:00Z', 'FRS35E1,en_service,reserve,2026-11-22T10:30:00Z')
  expect((await statuses())[0]).toBe('AVAILABLE')
})

test('bad rows are left out and reported, and a file of another kind is refused', async () => {
  const report = await take(
    'FRS35E1,marche,libre,2026-11-22T10:00:00Z',
    'FRS35E2,en_service,libre,yesterday',
    'FRXXXE9,en_service,libre,2026-11-22T10:00:00Z',
    'FRS35E3,en_service,libre,2026-11-22T10:00:00Z',
  )
  expect(report).toMatchObject({ rows: 4, changed: 1, counts: { status: 2, 'unknown-evse': 1 } })
  expect(report.findings.map(({ line }) => line)).toEqual([2, 3, 4])
  await expect(importIrveDynamic({ store, bus, clock, file: await file('a,b\n1,2') })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('id_pdc_itinerance'),
  })
})

test('what we export is taken back, with every status that the schema has words for', async () => {
  const location = await place()
  const words = ['AVAILABLE', 'RESERVED', 'OUTOFORDER'] as const
  const at = '2026-11-22T11:00:00.000Z'
  const evses = location.evses.map((evse, i) => ({ ...evse, status: words[i]!, statusAt: at }))
  const path = await file(dynamicFile([{ ...location, evses }]))
  expect(await importIrveDynamic({ store, bus, clock, file: path })).toMatchObject({ changed: 3, findings: [] })
  expect(await statuses()).toEqual(words)
})
