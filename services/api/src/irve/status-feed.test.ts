import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createInProcessBus } from '@werenode/bus'
import type { Bus, Store } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocationDoc } from '../catalogue/collections.ts'
import { type DynamicReport, importIrveDynamic } from './import-dynamic.ts'
import { importIrve } from './import-irve.ts'
import { createStatusFeed, readStatusSource } from './status-feed.ts'

const clock = () => new Date('2026-11-22T12:00:00.000Z')
let folder: string
let store: Store
let bus: Bus
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'irve-feed-'))
  store = await openMemoryStore()
  bus = await createInProcessBus({ store, clock })
  const places = join(folder, 'static.csv')
  await writeFile(
    places,
    `id_pdc_itinerance,id_station_itinerance,nom_station,nom_operateur,adresse_station,code_insee_commune,coordonneesXY,nbre_pdc,puissance_nominale,prise_type_2,date_maj
FRS35E1,FRS35P1,Gare,Op,"1 Rue X, 35000 Rennes",35238,"[-1.68, 48.11]",1,22,True,2025-01-01`,
  )
  await importIrve({ store, clock, file: places })
})
afterAll(async () => {
  await bus.close()
  await store.close()
  await rm(folder, { recursive: true })
})
const told = (occupied: string, time: string): string =>
  `id_pdc_itinerance,etat_pdc,occupation_pdc,horodatage\nFRS35E1,en_service,${occupied},2026-11-22T${time}:00Z\n`
const status = async (): Promise<string> =>
  (await store.get<LocationDoc>('api_locations', 'irve-FRS35P1'))!.evses[0]!.status

test('a file is read at once, and again when it changed', async () => {
  const path = join(folder, 'dynamic.csv')
  await writeFile(path, told('libre', '10:00'))
  const feed = createStatusFeed({ store, bus, clock, source: readStatusSource(path), everyMs: 60_000 })
  expect(await feed.look()).toMatchObject({ rows: 1, changed: 1 })
  expect(await status()).toBe('AVAILABLE')
  expect(await feed.look()).toBeUndefined()
  await writeFile(path, told('occupe', '10:05'))
  await utimes(path, new Date(), new Date(Date.now() + 5_000))
  expect(await feed.look()).toMatchObject({ changed: 1 })
  expect(await status()).toBe('CHARGING')
  await feed.stop()
})

test('an address is asked whether it is new, may be packed, and may fail for a while', async () => {
  const asked: IncomingHttpHeaders[] = []
  let answer: { http: number; body?: Buffer } = { http: 503 }
  const server = createServer((request, response) => {
    asked.push(request.headers)
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else response.writeHead(answer.http, { etag: '"1"' }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const reports: DynamicReport[] = []
  const troubles: unknown[] = []
  const feed = createStatusFeed({
    store,
    bus,
    clock,
    source: readStatusSource(`http://127.0.0.1:${port}/status.csv`),
    everyMs: 20,
    onReport: (report) => void reports.push(report),
    onTrouble: (error) => void troubles.push(error),
  })
  feed.start()
  try {
    await expect.poll(() => troubles.length, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(troubles[0]).toMatchObject({ code: 'no-responder', message: expect.stringContaining('HTTP 503') })
    // Broken in the middle of the packed bytes: refused in words, and asked for again without the mark.
    answer = { http: 200, body: gzipSync(told('libre', '11:00')).subarray(0, 40) }
    await expect
      .poll(() => troubles.find((one) => (one as { code?: string }).code === 'invalid-input'), { timeout: 20_000 })
      .toBeDefined()
    answer = { http: 200, body: gzipSync(told('reserve', '11:00')) }
    await expect.poll(() => reports.length, { timeout: 20_000 }).toBe(1)
    expect(await status()).toBe('RESERVED')
    const before = asked.length
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(before + 1)
    expect(asked.at(-1)!['if-none-match']).toBe('"1"')
    expect(reports).toHaveLength(1)
  } finally {
    await feed.stop()
    server.closeAllConnections()
    server.close()
  }
})

test('a packed file of endless rows is refused before it fills the memory, and changes nothing', async () => {
  const before = await status()
  const file = gzipSync(`${told('libre', '12:00')}${'FRS35E1,en_service,libre,2026-11-22T12:00:00Z\n'.repeat(9)}`)
  const taken = importIrveDynamic({ store, bus, clock, file, mostRows: 5 })
  await expect(taken).rejects.toMatchObject({ code: 'too-large' })
  expect(await status()).toBe(before)
})

test('what is neither a file nor an address is refused, and a file that is not there is told', async () => {
  expect(() => readStatusSource('ftp://elsewhere/x')).toThrow(/neither a file nor a web address/)
  const feed = createStatusFeed({ store, bus, clock, source: { file: join(folder, 'none.csv') }, everyMs: 60_000 })
  await expect(feed.look()).rejects.toMatchObject({ code: 'no-responder', message: expect.stringContaining('ENOENT') })
  await feed.stop()
})
