import { createHash, createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { merkleHolds, meterLeaf } from '@werenode/chain'
import { ask, type Party, type SessionId } from '@werenode/core'
import { createWerenode, privateKeyWallet, type Stations } from '@werenode/sdk'
import type { Simulator } from '@werenode/simulator'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { station } from '../src/commands/station/station.ts'
import { demoStations } from '../src/demo/stations.ts'
import { createScreen } from '../src/terminal/screen.ts'
import { type House, openHouse, until } from './house.ts'

/** What an operator does with charging stations, from the command line to the wire: a whole node, real OCPP, simulated stations. */

const lyon = 'WRN-LYON-1'
const nantes = 'WRN-NANTES-1'
let house: House
let old: Simulator
let young: Simulator
let keyFile: string
let folder: string

/** A certificate pool: what is asked for a car, answered in kind. */
const pool = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk) => {
    text += chunk
  })
  request.on('end', () => {
    const { exiRequest } = JSON.parse(text) as { exiRequest: string }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ status: 'Accepted', exiResponse: `to-${exiRequest}` }))
  })
})

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'werenode-stations-'))
  await new Promise<void>((resolve) => pool.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(pool.address() as AddressInfo).port}/`
  house = await openHouse(undefined, undefined, undefined, undefined, { url })
  keyFile = join(dirname(house.databaseFile), 'operator', 'key.json')
  // A world twenty times as quick: restarts and uploads take moments.
  old = await house.station(lyon, { speed: 20 })
  young = await house.station(nantes, { speed: 20 })
}, 120_000)
afterAll(async () => {
  await house?.close()
  pool.closeAllConnections()
  pool.close()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

const evseAt = (stationId: string): string => demoStations.find((one) => one.stationId === stationId)!.evseIds[0]!

/** Runs a command line; its exit code and what it printed. */
const run = async (...args: readonly string[]): Promise<{ code: number; text: string }> => {
  let text = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk)
      done()
    },
  })
  const screen = createScreen(stream as never, { NO_COLOR: '1' })
  const code = await station([...args, '--server', house.node.origin, '--key', keyFile], screen)
  return { code, text }
}
const stationsOf = (privateKey: `0x${string}`): Stations =>
  createWerenode({ baseUrl: house.node.origin, wallet: privateKeyWallet(privateKey) }).stations('FR*WRN' as Party)
const heard = (simulator: Simulator, action: string) =>
  simulator.waitFor('command', (event) => event.action === action, 20_000)

it('lists stations with their state and shows one in full', async () => {
  const { code, text } = await run('list')
  expect(code).toBe(0)
  expect(text).toMatch(new RegExp(`${lyon}\\s+1\\.6`))
  expect(text).toMatch(new RegExp(`${nantes}\\s+2\\.0\\.1`))
  const one = await run('show', lyon)
  expect(one.text).toContain('ocpp1.6 since')
  expect(one.text).toContain('Werenode Simulator')
})

it.each([
  [lyon, { type: 'Inoperative', connectorId: 0 }],
  [nantes, { operationalStatus: 'Inoperative' }],
])('takes %s out of service and back', async (id, payload) => {
  const simulator = id === lyon ? old : young
  expect((await run('disable', id)).code).toBe(0)
  expect((await heard(simulator, 'ChangeAvailability')).payload).toEqual(payload)
  await until(async () => (await run('show', id)).text.includes('Unavailable'), 20_000, `${id} out of service`)
  expect((await run('enable', id)).code).toBe(0)
  await until(async () => !(await run('show', id)).text.includes('Unavailable'), 20_000, `${id} back in service`)
})

it.each([lyon, nantes])('unlocks a plug of %s', async (id) => {
  const { code, text } = await run('unlock', id, '--evse', '1')
  expect([code, text]).toEqual([0, expect.stringContaining('Unlocked')])
})

it.each([
  [lyon, 'HeartbeatInterval'],
  [nantes, 'OCPPCommCtrlr.HeartbeatInterval'],
])('reads and changes the configuration of %s', async (id, key) => {
  await until(async () => (await run('config', id, '--read')).text.includes(key), 20_000, 'the configuration')
  expect((await run('config', id, key, '600')).text).toContain('Accepted')
  expect((await run('config', id, key)).text).toMatch(/600/)
  const refused = await run('config', id, id === lyon ? 'NoSuchKey' : 'Nothing.AtAll', '1')
  expect(refused.code).toBe(1)
})

it('sends any message, and refuses in words what the schema forbids', async () => {
  const { code, text } = await run('send', lyon, 'TriggerMessage', '{"requestedMessage":"Heartbeat"}')
  expect([code, text]).toEqual([0, expect.stringContaining('Accepted')])
  await expect(run('send', lyon, 'Reset', '{"type":"Warm"}')).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(run('send', lyon, 'Reset', 'nonsense')).rejects.toMatchObject({ code: 'invalid-input' })
})

it('shows, filters and exports what goes over the line, and follows it', async () => {
  const { text } = await run('log', lyon, '--filter', 'TriggerMessage', '--only', 'out')
  expect(text).toContain('-> [2,')
  expect(text).not.toContain('<-')
  const file = join(folder, 'log.ndjson')
  await run('log', lyon, '--export', file)
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const frames = lines.map((line) => JSON.parse(line) as { at: string; direction: string; frame: unknown[] })
  expect(frames.some(({ frame }) => frame[2] === 'BootNotification')).toBe(true)
  expect(frames.map(({ at }) => at)).toEqual(frames.map(({ at }) => at).toSorted())

  const { privateKey } = JSON.parse(readFileSync(keyFile, 'utf8')) as { privateKey: `0x${string}` }
  const ending = new AbortController()
  const seen: string[] = []
  const following = (async () => {
    const log = stationsOf(privateKey).follow(lyon, { containing: 'DataTransfer', signal: ending.signal, everyMs: 100 })
    for await (const frame of log) seen.push(frame.text)
  })()
  await until(
    async () => {
      await run('send', lyon, 'DataTransfer', '{"vendorId":"follow"}')
      return seen.some((frame) => frame.includes('follow'))
    },
    20_000,
    'the followed frame',
  )
  ending.abort()
  await following
  // Each frame once, however often the log was asked.
  expect(new Set(seen).size).toBe(seen.length)
}, 60_000)

it.each([
  [lyon, 'v16.bin'],
  [nantes, 'v201.bin'],
])(
  'fetches the log of %s and brings it a firmware, each at an address that works once',
  async (id, name) => {
    const simulator = id === lyon ? old : young
    const log = join(folder, `${id}.log`)
    expect(await run('diagnostics', id, '--export', log, '--wait', '30')).toMatchObject({ code: 0 })
    expect(readFileSync(log, 'utf8')).toContain(id)

    const image = join(folder, name)
    writeFileSync(image, Buffer.alloc(70_000, 'firmware'))
    expect((await run('firmware', image)).text).toContain('70000 bytes')
    await run('campaign', `c-${name}`, '--firmware', name, '--stations', id)
    expect((await simulator.waitFor('firmware', () => true, 30_000)).bytes).toBe(70_000)
    const asked = await heard(simulator, 'UpdateFirmware')
    const location = /"location":"([^"]+)"/.exec(JSON.stringify(asked.payload))![1]!
    await until(async () => (await fetch(location)).status === 404, 20_000, 'the address to end')
    await until(async () => (await run('campaign', `c-${name}`)).text.includes('Install'), 30_000, 'the installation')
  },
  90_000,
)

it.each([lyon, nantes])(
  'restarts %s: it goes and comes back',
  async (id) => {
    const simulator = id === lyon ? old : young
    simulator.forget()
    expect((await run('restart', id)).text).toContain('Accepted')
    await simulator.waitFor('disconnected', () => true, 20_000)
    await simulator.waitFor('admitted', () => true, 30_000)
    await until(async () => (await run('show', id)).text.includes('since'), 20_000, 'the link')
  },
  60_000,
)

it('registers, blocks, rekeys and removes a station', async () => {
  const { text } = await run('add', 'CLI-7', '--label', 'Yard', '--profile', '1')
  expect(text).toMatch(/Password\s+[A-Za-z0-9]{20}/)
  await expect(run('add', 'CLI-7')).rejects.toMatchObject({ code: 'conflict' })
  await expect(run('add', 'WRN-PLUG-RENNES')).rejects.toMatchObject({ code: 'conflict' })
  await expect(run('send', 'CLI-7', 'Reset', '{"type":"Soft"}')).rejects.toMatchObject({ code: 'station-offline' })
  expect((await run('send', 'CLI-7', 'Reset', '{"type":"Soft"}', '--queue', '60')).text).toContain('waits for it')
  expect((await run('queue', 'CLI-7')).text).toContain('Reset  waiting')
  expect((await run('block', 'CLI-7')).text).toContain('blocked')
  expect((await run('rekey', 'CLI-7', '--by-hand')).text).toMatch(/Password\s+\S{20}/)
  await run('remove', 'CLI-7')
  await expect(run('show', 'CLI-7')).rejects.toMatchObject({ code: 'not-found' })
})

it('binds what the meter signed to the receipt that the driver pays by', async () => {
  const ocmfKey = join(folder, 'meter.pem')
  old = await house.station(lyon, { ocmfKey, ocmfCurve: 'secp256k1' })
  const publicKey = createPublicKey(readFileSync(ocmfKey)).export({ type: 'spki', format: 'pem' })
  const pem = join(folder, 'meter-public.pem')
  writeFileSync(pem, publicKey)
  await run('change', lyon, '--meter-key', `1=${pem}`)
  const driver = await house.driver()
  const evseId = evseAt(lyon)
  const isFree = async () => ['AVAILABLE', 'BLOCKED'].includes((await driver.locations.evse(evseId)).evse.status ?? '')
  await until(isFree, 30_000, 'a free plug')
  const { id } = await driver.open(await driver.quote({ evseId }))
  void (async () => {
    for await (const _ of driver.live(id));
  })().catch(() => undefined)
  await until(async () => (await driver.session(id)).energyWh >= 20, 60_000, 'energy')
  await driver.stop(id)
  await until(async () => (await driver.session(id)).receipt !== undefined, 60_000, 'the receipt')
  const { receipt } = await driver.session(id)
  const { evidence, transactionKey } = await ask(house.bus, 'manager.evidence', { sessionId: id as SessionId })
  const transactionId = transactionKey!.slice(lyon.length + 1)
  const { text } = await run('transactions', lyon, transactionId)
  expect(text.match(/ valid /g)).toHaveLength(2)
  const { privateKey } = JSON.parse(readFileSync(keyFile, 'utf8')) as { privateKey: `0x${string}` }
  const { items } = await stationsOf(privateKey).signedValues(lyon, transactionId)
  const leaves = items.map(({ original }) =>
    meterLeaf(`0x${createHash('sha256').update(original, 'utf8').digest('hex')}`),
  )
  expect(evidence?.originals?.map(({ leaf }) => leaf)).toEqual(leaves)
  for (const { leaf, proof } of evidence!.originals!) expect(merkleHolds(receipt!.meterRoot, leaf, proof)).toBe(true)
  // The driver's own check and the chain take the receipt as before.
  expect(await driver.cosign(id)).toMatchObject({ cosigned: true })
  await until(async () => (await driver.session(id)).state === 'settled', 60_000, 'the settlement')
}, 180_000)

it('shares the limit of a site over EVSEs of two versions, shows the shares, and lifts it', async () => {
  const evses = `${lyon}#1=22000,${nantes}#1=22000/4140`
  expect((await run('site', 'garage', '--watts', '30000', '--evses', evses)).text).toMatch(/garage: \d+ of 30000 W/)
  const { text } = await run('site', 'garage', '--watts', '20000')
  expect(text).toContain(`${lyon}#1`)
  expect(text).toMatch(/of 20000 W granted to 2 EVSEs/)
  const departAt = new Date(Date.now() + 3_600_000).toISOString()
  expect((await run('target', 'garage', `${nantes}#1`, '20', departAt)).text).toContain(`20 kWh by ${departAt}`)
  expect((await run('sites')).text).toContain('garage')
  await expect(run('site', 'garage', '--evses', `${lyon}#1`)).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await run('site', 'garage', '--lift')).toMatchObject({ code: 0 })
  await expect(run('site', 'garage')).rejects.toMatchObject({ code: 'not-found' })
})

it('a car gets its contract from the pool that the node was given', async () => {
  const added = await run('add', 'CP-15118', '--profile', '0')
  expect(added.code).toBe(0)
  const socket = new WebSocket(`${house.node.ocppUrl}CP-15118`, ['ocpp2.0.1'])
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', reject, { once: true })
  })
  const request = { iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef', action: 'Install', exiRequest: 'a-car' }
  const answered = new Promise<unknown>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      const [kind, id, payload] = JSON.parse(String(data)) as [number, string, unknown]
      if (kind === 3 && id === 'ev') resolve(payload)
    })
  })
  socket.send(JSON.stringify([2, 'ev', 'Get15118EVCertificate', request]))
  expect(await answered).toEqual({ status: 'Accepted', exiResponse: 'to-a-car' })
  socket.close()
})

it('a stranger gets nothing of all that', async () => {
  const stranger = createWerenode({ baseUrl: house.node.origin, wallet: privateKeyWallet(generatePrivateKey()) })
  await stranger.signIn()
  const theirs = stranger.stations('FR*WRN' as Party)
  await expect(theirs.list()).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(theirs.send(lyon, 'Reset', { type: 'Hard' })).rejects.toMatchObject({ code: 'not-allowed' })
})
