import { evseIdHash, evseRegistryAbi, meterKeyHash } from '@werenode/chain'
import { newEvent, type Party } from '@werenode/core'
import sharp from 'sharp'
import { decodeFunctionData } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { someBlobs } from './blobs.ts'
import { demoTariffs } from './demo/tariffs.ts'
import { network } from './manager.ts'
import { type Driver, openWorld, type World } from './world.ts'

const adminAccount = privateKeyToAccount(generatePrivateKey())
const gatewayKey = `0x${'5a'.repeat(20)}` as const
let world: World
let operator: Driver
let rival: Driver
let removeBlobs: () => Promise<void>
beforeAll(async () => {
  const { blobs, remove } = await someBlobs()
  removeBlobs = remove
  world = await openWorld({
    admins: [adminAccount.address],
    blobs,
    stationParty: async (id) => (id.startsWith('OPE') ? ('FR*OPE' as Party) : undefined),
  })
  await world.bus.serve('relayer.network', async () => ({ ...network, meterKeyHash: meterKeyHash(gatewayKey) }))
  await world.api.start({ port: 0 })
  const admin = await world.driver(adminAccount)
  const join = async (party: string): Promise<Driver> => {
    const driver = await world.driver()
    await send('POST', '/v1/parties', admin, { party, name: party })
    await send('PUT', `/v1/parties/${party}/members/${driver.address}`, admin, { scopes: ['catalogue:write'] })
    await send('PUT', '/v1/account/party', driver, { party })
    return driver
  }
  operator = await join('FR*OPE')
  rival = await join('FR*RIV')
  world.clock.advance(3_000)
  await send('PUT', '/v1/parties/FR*OPE/tariffs/ope-day', operator, demoTariffs[0]!)
})
afterAll(async () => {
  await world.close()
  await removeBlobs()
})

const send = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, driver: Driver, payload?: object) =>
  world.api.inject({ method, url, headers: { ...driver.headers }, ...(payload === undefined ? {} : { payload }) })
const upload = (url: string, driver: Driver, type: string, payload: string | Buffer) =>
  world.api.inject({ method: 'POST', url, headers: { ...driver.headers, 'content-type': type }, payload })

const header =
  'id_station_itinerance;nom_station;adresse_station;code_insee_commune;coordonneesXY;nbre_pdc;id_pdc_itinerance;puissance_nominale;prise_type_2;tariff_ids;station_id;station_evse;horaires'
const csv = (...rows: string[]) => [header, ...rows].join('\n')
const row = (evse: string, change: { station?: string; tariff?: string; xy?: string } = {}) =>
  `FROPEP1;Parking Nord;1 Rue de la Gare 35000 Rennes;35238;${change.xy ?? '[-1.67, 48.10]'};2;${evse};22;true;${change.tariff ?? 'ope-day'};${change.station ?? 'OPE-1'};${evse.at(-1)};24/7`
const bring = async (text: string, driver = operator, query = '') =>
  upload(`/v1/parties/FR*OPE/locations/import${query}`, driver, 'text/csv', text)

test('plugs come in by CSV, each row told what became of it', async () => {
  const text = csv(
    row('FROPEE1'),
    row('FROPEE2'),
    row('FRABCE3'),
    row('no id'),
    row('FROPEE5', { xy: 'nowhere' }),
    row('FROPEE1'),
  )
  const dry = (await bring(text, operator, '?dryRun=true')).json()
  expect(dry).toMatchObject({ created: 1, changed: 0, unchanged: 0 })
  expect((await send('GET', '/v1/locations/own-FROPEP1', operator)).statusCode).toBe(404)

  const { created, rows } = (await bring(text)).json()
  expect(created).toBe(1)
  expect(rows.map(({ line, fate }: { line: number; fate: string }) => [line, fate])).toEqual([
    [2, 'taken'],
    [3, 'taken'],
    [4, 'skipped'],
    [5, 'skipped'],
    [6, 'skipped'],
    [7, 'skipped'],
  ])
  expect(rows[2].words.join()).toContain('not of FR*OPE')
  const { location, tariffs } = (await send('GET', '/v1/locations/own-FROPEP1', operator)).json()
  expect(location).toMatchObject({ source: 'own', city: 'Rennes', openingHours: '24/7' })
  expect(location.evses).toMatchObject([
    { evseId: 'FROPEE1', payable: true, station: { stationId: 'OPE-1', evse: 1 } },
    { evseId: 'FROPEE2', payable: true, station: { stationId: 'OPE-1', evse: 2 } },
  ])
  expect(Object.keys(tariffs)).toEqual(['ope-day'])

  expect((await bring(text)).json()).toMatchObject({ created: 0, changed: 0, unchanged: 1 })
})

test('a row with another’s station or a tariff that is not there is refused by name; the file and others are not', async () => {
  const { rows } = (await bring(csv(row('FROPEE1', { station: 'RIV-1' })))).json()
  expect(rows).toMatchObject([{ fate: 'skipped', words: ['FR*OPE has no station RIV-1'] }])
  expect((await bring(csv(row('FROPEE1', { tariff: 'none' })))).json().rows[0].words[0]).toContain('no tariff none')
  expect((await bring('a;b\n1;2')).json()).toMatchObject({ status: 400, code: 'invalid-input' })
  expect((await bring('')).statusCode).toBe(400)
  expect((await bring(csv(row('FROPEE1')), rival)).statusCode).toBe(404)
  const asJson = await world.api.inject({
    method: 'POST',
    url: '/v1/parties/FR*OPE/locations/import',
    headers: { ...operator.headers },
    payload: { a: 1 },
  })
  expect(asJson.statusCode).toBe(400)
})

test('a photo is drawn anew, without its metadata; a bomb and a stranger are refused', async () => {
  const picture = await sharp({ create: { width: 3_000, height: 1_000, channels: 3, background: '#063' } })
    .withExif({ IFD0: { Copyright: 'secret place' } })
    .jpeg()
    .toBuffer()
  const url = '/v1/parties/FR*OPE/locations/own-FROPEP1/photos'
  const answer = await upload(url, operator, 'image/jpeg', picture)
  expect(answer.statusCode).toBe(200)
  const [photoId] = answer.json().photos
  const shown = await world.api.inject({ url: `/v1/photos/${photoId}` })
  expect(shown.headers['content-type']).toBe('image/webp')
  const { width, height, exif } = await sharp(shown.rawPayload).metadata()
  expect({ width, height, exif }).toEqual({ width: 1_600, height: 533, exif: undefined })
  expect(
    (await sharp((await world.api.inject({ url: `/v1/photos/${photoId}?size=small` })).rawPayload).metadata()).width,
  ).toBe(400)

  expect((await upload(url, rival, 'image/jpeg', picture)).statusCode).toBe(404)
  expect((await upload(url, operator, 'image/jpeg', Buffer.from('GIF89a'))).json().code).toBe('invalid-input')
  expect((await upload(url, operator, 'image/svg+xml', '<svg/>')).statusCode).toBeGreaterThanOrEqual(400)
  const bomb = await sharp({ create: { width: 9_000, height: 6_000, channels: 3, background: '#000' } })
    .png()
    .toBuffer()
  expect((await upload(url, operator, 'image/png', bomb)).statusCode).toBe(400)

  // Described again, a place keeps its pictures.
  const { location } = (await send('GET', '/v1/locations/own-FROPEP1', operator)).json()
  expect(location.photos).toEqual([photoId])
  await bring(csv(row('FROPEE1'), row('FROPEE2')))
  expect((await send('GET', '/v1/locations/own-FROPEP1', operator)).json().location.photos).toEqual([photoId])
  expect((await send('DELETE', `${url}/${photoId}`, operator)).statusCode).toBe(204)
  expect((await send('DELETE', `${url}/${photoId}`, operator)).statusCode).toBe(404)
})

test('a registration is prepared for the wallet, and verified by what the chain says', async () => {
  const url = '/v1/parties/FR*OPE/evses/FROPEE1/registration'
  expect((await send('POST', url, operator, {})).json()).toMatchObject({ status: 400 })
  const prepared = (await send('POST', url, operator, { meterKey: gatewayKey })).json()
  expect(prepared).toMatchObject({ chainId: 31_337, to: network.evseRegistry, registered: false, active: false })
  const { functionName, args } = decodeFunctionData({ abi: evseRegistryAbi, data: prepared.data })
  expect(functionName).toBe('registerBatch')
  expect(args![0]).toBe(network.operatorId)
  expect((args![1] as unknown[])[0]).toMatchObject({
    listing: {
      evseId: 'FROPEE1',
      latitudeE7: 481_000_000,
      longitudeE7: -16_700_000,
      connectors: [{ maxPowerW: 22_000 }],
    },
    meterKey: gatewayKey,
    keyClass: 1,
    active: true,
  })

  const log = (name: string, args: Record<string, unknown>, at: number) =>
    newEvent({
      id: `log:${name}:${at}`,
      type: 'chain.log',
      at: world.clock(),
      subject: 'chain',
      data: {
        contract: 'EvseRegistry',
        name,
        args: { operatorId: network.operatorId, evseIdHash: evseIdHash('FROPEE1'), ...args },
        blockNumber: '12',
        blockHash: `0x${'12'.repeat(32)}`,
        txHash: `0x${'34'.repeat(32)}`,
        logIndex: at,
      },
    })
  await world.bus.commit(
    [],
    [
      log('EvseListed', {}, 0),
      log('MeterKeySet', { meterKey: gatewayKey, keyClass: 1 }, 1),
      log('EvseActive', { active: true }, 2),
    ],
  )
  await world.bus.idle(5_000)
  expect((await send('POST', url, operator, {})).json()).toMatchObject({
    registered: true,
    active: true,
    transaction: `0x${'34'.repeat(32)}`,
    blockNumber: '12',
  })
  await world.bus.commit(
    [],
    [
      newEvent({
        id: 'back',
        type: 'chain.rolledBack',
        at: world.clock(),
        subject: 'chain',
        data: { toBlock: '11', sessionIds: [] },
      }),
    ],
  )
  await world.bus.idle(5_000)
  expect((await send('POST', url, operator, { meterKey: gatewayKey })).json()).toMatchObject({ registered: false })
  expect((await send('POST', url, rival, { meterKey: gatewayKey })).statusCode).toBe(404)
})

test('a station that connects shows its plugs, until they stand somewhere; another party never sees them', async () => {
  const say = (stationId: string, evse: number, connector: number) =>
    newEvent({
      id: `seen:${stationId}:${evse}:${connector}`,
      type: 'station.status',
      at: world.clock(),
      subject: `station.${stationId}`,
      data: { stationId, evse, connector, status: 'Available', stale: false },
    })
  await world.bus.commit([], [say('OPE-9', 0, 0), say('OPE-9', 1, 1), say('OPE-9', 1, 2), say('RIV-9', 1, 1)])
  await world.bus.idle(5_000)
  const seen = async (who: Driver, party: string) =>
    (await send('GET', `/v1/parties/${party}/unplaced-plugs`, who)).json()
  const { items } = await seen(operator, 'FR*OPE')
  expect(items).toMatchObject([{ stationId: 'OPE-9', evse: 1, connectors: [1, 2], suggestedEvseId: 'FR*OPE*EOPE9*1' }])
  expect((await seen(rival, 'FR*RIV')).items).toEqual([])
  expect((await seen(rival, 'FR*OPE')).status).toBe(404)
  await bring(csv(row('FROPEE1', { station: 'OPE-9' })))
  expect((await seen(operator, 'FR*OPE')).items).toEqual([])
})
