import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ask, type EvseId, type Store } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocationDoc } from '../src/catalogue/collections.ts'
import { type ImportProgress, importIrve } from '../src/irve/import-irve.ts'
import { demoLocations } from './demo/locations.ts'
import { openWorld } from './world.ts'

const clock = () => new Date('2026-11-22T12:00:00.000Z')
let folder: string
let whole: Store
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'irve-'))
  whole = await openMemoryStore()
})
afterAll(async () => {
  await whole.close()
  await rm(folder, { recursive: true })
})

const header =
  'id_pdc_itinerance,id_station_itinerance,nom_station,nom_operateur,adresse_station,code_insee_commune,coordonneesXY,nbre_pdc,puissance_nominale,prise_type_2,date_maj'
const row = (pdc: string, station = 'FRS35P1', name = 'Gare', pdcs = 1) =>
  `${pdc},${station},${name},Op,"1 Rue X, 35000 Rennes",35238,"[-1.68, 48.11]",${pdcs},22,True,2025-01-01`
const file = async (...rows: string[]): Promise<string> => {
  const path = join(folder, `${Math.random()}.csv`)
  await writeFile(path, [header, ...rows].join('\n'))
  return path
}

test('the whole French file: 29,109 points of 5,571 stations, the loop never held up, twice the same as once', async () => {
  const told: ImportProgress[] = []
  let longestMs = 0
  let last = process.threadCpuUsage()
  // The time of this thread's own CPU between two turns of the loop: what other programs take does not count.
  const pulse = setInterval(() => {
    const now = process.threadCpuUsage()
    longestMs = Math.max(longestMs, (now.user + now.system - last.user - last.system) / 1000)
    last = now
  }, 1)
  const report = await importIrve({ store: whole, clock, onProgress: (progress) => told.push(progress) })
  clearInterval(pulse)
  expect(report).toMatchObject({
    rows: 29_109,
    points: 29_109,
    stations: 5_571,
    written: 5_571,
    gone: 0,
    knownFile: false,
  })
  expect(report.counts).toEqual({ connector: 269, count: 630 })
  expect(await whole.count('api_locations', { source: 'irve', gone: false })).toBe(5_571)
  expect(await whole.count('api_evses', {})).toBe(29_109)
  expect(told.at(-1)).toEqual({ phase: 'done', rows: 29_109, stations: 5_571, stationsDone: 5_571 })
  expect(told.length).toBeGreaterThan(100)
  expect(longestMs).toBeLessThan(250)

  const again = await importIrve({ store: whole, clock })
  expect(again).toMatchObject({ knownFile: true, stations: 5_571 })
  await whole.write([{ op: 'delete', in: 'api_imports', id: 'irve' }])
  expect(await importIrve({ store: whole, clock })).toMatchObject({ written: 0, unchanged: 5_571, gone: 0 })
}, 60_000)

test('nothing of it is payable, and every station names its town', async () => {
  expect(await whole.count('api_places', { 'reach.payable.ANY': { $exists: true } })).toBe(0)
  expect(await whole.count('api_locations', { city: '' })).toBe(0)
})

test('bad rows are left out and reported by their line; the rest is there', async () => {
  const store = await openMemoryStore()
  const report = await importIrve({
    store,
    clock,
    file: await file(
      row('FR*S35*E1'),
      row('nonsense'),
      row('FRS35E1'),
      row('FRS35E2').replace('[-1.68, 48.11]', '?'),
      row('FRS35E3'),
    ),
  })
  expect(report).toMatchObject({ rows: 5, points: 2, stations: 1 })
  expect(report.findings.map(({ line, what, fate }) => [line, what, fate])).toEqual([
    [2, 'count', 'noted'],
    [3, 'evse-id', 'skipped'],
    [4, 'evse-twice', 'skipped'],
    [5, 'position', 'skipped'],
  ])
  const doc = await store.get<LocationDoc>('api_locations', 'irve-FRS35P1')
  expect(doc).toMatchObject({
    city: 'Rennes',
    postalCode: '35000',
    address: '1 Rue X',
    evses: [{ evseId: 'FR*S35*E1' }, { evseId: 'FRS35E3' }],
  })
  await store.close()
})

test('a newer file changes what changed, and what left is no longer found', async () => {
  const store = await openMemoryStore()
  await importIrve({
    store,
    clock,
    file: await file(row('FRS35E1'), row('FRS35E2', 'FRS35P2'), row('FRS35E3', 'FRS35P3')),
  })
  const report = await importIrve({
    store,
    clock,
    file: await file(row('FRS35E1'), row('FRS35E2', 'FRS35P2', 'Mairie')),
  })
  expect(report).toMatchObject({ written: 1, unchanged: 1, gone: 1 })
  expect(await store.count('api_locations', { gone: false })).toBe(2)
  const back = await importIrve({
    store,
    clock,
    file: await file(row('FRS35E1'), row('FRS35E2', 'FRS35P2', 'Mairie'), row('FRS35E3', 'FRS35P3')),
  })
  expect(back).toMatchObject({ written: 1, gone: 0 })
  await store.close()
})

test("an operator's own location takes its EVSEs out of open data, and an import leaves them there", async () => {
  const world = await openWorld()
  const { store, catalogue } = world
  const rows = [row('FRWRNE000001', 'FRWRNP1', 'Old', 2), row('FR*WRN*E777777', 'FRWRNP1', 'Old', 2)]
  await importIrve({ store, clock, file: await file(...rows) })
  const lyon = demoLocations[0]!
  await catalogue.putLocation(lyon)
  expect((await store.get<LocationDoc>('api_locations', 'irve-FRWRNP1'))?.evses).toHaveLength(1)
  const report = await importIrve({ store, clock, file: await file(...rows, row('FRS35E1')) })
  expect(report.counts).toEqual({ 'evse-owned': 1 })
  expect((await store.get<LocationDoc>('api_locations', lyon.id))?.evses[0]).toMatchObject({
    evseId: 'FR*WRN*E000001',
    payable: true,
  })
  await expect(
    ask(world.bus, 'catalogue.offer', { evseId: 'FRWRNE777777' as EvseId, connector: 1 }),
  ).rejects.toMatchObject({ code: 'not-payable' })
  await world.close()
})

test('another kind of file, or none, is refused in words', async () => {
  const store = await openMemoryStore()
  const path = join(folder, 'other.csv')
  await writeFile(path, 'a,b\n1,2\n')
  await expect(importIrve({ store, clock, file: path })).rejects.toMatchObject({ code: 'invalid-input' })
  const torn = join(folder, 'torn.csv.gz')
  await writeFile(torn, gzipSync(`${header}\n${row('FRS35E1')}`).subarray(0, 60))
  await expect(importIrve({ store, clock, file: torn })).rejects.toThrow()
  await expect(importIrve({ store, clock, file: join(folder, 'none.csv') })).rejects.toThrow()
  expect(await store.count('api_locations', {})).toBe(0)
  await store.close()
})
