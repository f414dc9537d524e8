import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUrlSigner, openFileBlobStore } from '@werenode/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'
import type { TestStation } from './station.ts'

let house: House
const folder = mkdtempSync(join(tmpdir(), 'werenode-ocpp-files-'))
const signer = createUrlSigner({ secret: randomBytes(32), baseUrl: 'http://127.0.0.1/blobs', clock: () => new Date() })
const blobs = await openFileBlobStore(folder, signer)
beforeAll(async () => {
  // Advanced by hand here.
  house = await openHouse({ blobs, balanceMs: 3_600_000 })
  await blobs.put('firmware/v2.bin', image, { contentType: 'application/octet-stream' })
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})
const image = Buffer.alloc(50_000, 'firmware')
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What the station was asked for last: where the firmware is. */
const location = (station: TestStation): string => {
  const frame = station.received.findLast((received) => /UpdateFirmware$/.test(String(received[2])))
  return /"location":"([^"]+)"/.exec(JSON.stringify(frame))![1]!
}
const tell = (station: TestStation, version: string, status: string, requestId?: number) =>
  station.call('FirmwareStatusNotification', { status, ...(version === 'ocpp1.6' ? {} : { requestId }) })

it('updates many stations, some at a time, and tells how far it is', async () => {
  const { campaigns } = house.service
  const versions = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']
  const all = await Promise.all(versions.map((version) => house.connect({ version })))
  const absent = await house.station()
  for (const [index, station] of all.entries())
    station.answering('UpdateFirmware', versions[index] === 'ocpp1.6' ? {} : { status: 'Accepted' })
  const stationIds = [...all.map(({ stationId }) => stationId), absent.stationId]
  await campaigns.begin({ _id: 'V2', blobKey: 'firmware/v2.bin', stationIds, parallel: 2 })
  await campaigns.advance('V2')
  expect(await campaigns.progress('V2')).toEqual({ waiting: 2, running: 2, done: 0, failed: 0 })

  const finish = async (index: number): Promise<void> => {
    const station = all[index]!
    const fetched = await fetch(location(station))
    expect(digest(new Uint8Array(await fetched.arrayBuffer()))).toBe(digest(image))
    // Fetched once, it is gone.
    await expect.poll(async () => (await fetch(location(station))).status).toBe(404)
    const requestId = (await campaigns.get('V2'))!.steps[station.stationId]!.requestId!
    for (const status of ['Downloading', 'Downloaded', 'Installing'])
      await tell(station, versions[index]!, status, requestId)
    await campaigns.advance('V2')
    expect((await campaigns.get('V2'))!.steps[station.stationId]).toMatchObject({
      state: 'running',
      status: 'Installing',
    })
    await tell(station, versions[index]!, 'Installed', requestId)
    await campaigns.advance('V2')
  }
  await finish(0)
  expect(await campaigns.progress('V2')).toEqual({ waiting: 1, running: 2, done: 1, failed: 0 })
  await finish(1)
  await finish(2)
  // Whoever is away waits for its turn.
  expect(await campaigns.progress('V2')).toEqual({ waiting: 1, running: 0, done: 3, failed: 0 })
})

it('tries again what failed, three times', async () => {
  const { campaigns } = house.service
  const station = await house.connect()
  station.answering('UpdateFirmware', {})
  await campaigns.begin({ _id: 'V3', blobKey: 'firmware/v2.bin', stationIds: [station.stationId] })
  for (let round = 1; round <= 3; round += 1) {
    await campaigns.advance('V3')
    expect((await campaigns.get('V3'))!.steps[station.stationId]).toMatchObject({ state: 'running', attempts: round })
    await tell(station, 'ocpp1.6', 'DownloadFailed')
    await campaigns.pause('V3', true)
    await campaigns.advance('V3')
    await campaigns.pause('V3', false)
  }
  expect((await campaigns.get('V3'))!.steps[station.stationId]).toMatchObject({
    state: 'failed',
    status: 'DownloadFailed',
    attempts: 3,
  })
})

it('takes a log once, at an address nobody can guess or bend', async () => {
  const { stationId } = await house.station()
  const wanted = { stationId, verb: 'put', blobKey: `logs/${stationId}.txt`, expiresInS: 60 } as const
  const url = await house.service.fileUrl(wanted)
  const put = (where: string) => fetch(where, { method: 'PUT', body: 'what happened' }).then(({ status }) => status)
  const forged = url.endsWith('AAAA') ? 'BBBB' : 'AAAA'
  expect(await put(`${url.slice(0, -4)}${forged}`)).toBe(404)
  expect((await fetch(url)).status).toBe(404)
  expect(await put(`${url}/my-log.txt`)).toBe(201)
  expect(await put(url)).toBe(404)
  expect(Buffer.from((await blobs.get(wanted.blobKey))!.bytes).toString()).toBe('what happened')
  const late = await house.service.fileUrl({ ...wanted, expiresInS: -1 })
  expect(await put(late)).toBe(404)
})
