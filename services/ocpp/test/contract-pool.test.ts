import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { afterEach, expect, it } from 'vitest'
import { contractPoolOverHttp } from '../src/index.ts'
import { type House, openHouse } from './house.ts'

const log = pino({ level: 'silent' })
let house: House | undefined
let server: Server | undefined
afterEach(async () => {
  await house?.close()
  house = undefined
  server?.closeAllConnections()
  server?.close()
})

interface Asked {
  readonly path: string
  readonly authorization: string | undefined
  readonly body: Record<string, unknown>
}

/** A certificate pool on a port of its own, which answers as told. */
const openPool = async (answer: (asked: Asked) => { status?: number; body: unknown }) => {
  const asked: Asked[] = []
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const { authorization } = request.headers
      asked.push({ path: request.url ?? '', authorization, body: JSON.parse(text) })
      const { status = 200, body } = answer(asked.at(-1)!)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pool` }
}

const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', responderURL: 'http://o.example' }
const contract = 'DE8AA1A2B3C4D59'
const byContract = {
  idToken: { idToken: contract, type: 'eMAID' },
  iso15118CertificateHashData: [{ ...hash, serialNumber: '7' }],
}
const install = { iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef', action: 'Install', exiRequest: 'Y2Fy' }

it.each(['ocpp2.0.1', 'ocpp2.1'])(
  'a car gets its contract from the pool and charges by it over %s',
  async (version) => {
    const { asked, url } = await openPool(({ path }) => ({
      body: path.endsWith('/ev-certificate')
        ? { status: 'Accepted', exiResponse: 'ZXhp' }
        : { standing: 'Good', ocspResponse: 'b2NzcA==' },
    }))
    house = await openHouse({ contractCertificates: contractPoolOverHttp({ url, token: 'secret-of-the-pool', log }) })
    house.cards.add(contract)
    const station = await house.connect({ version })
    expect(await station.call('Get15118EVCertificate', install)).toEqual({ status: 'Accepted', exiResponse: 'ZXhp' })
    expect(asked[0]).toEqual({
      path: '/pool/ev-certificate',
      authorization: 'Bearer secret-of-the-pool',
      body: {
        stationId: station.stationId,
        schemaVersion: install.iso15118SchemaVersion,
        action: 'Install',
        exiRequest: 'Y2Fy',
      },
    })
    const ocspRequestData = { ...hash, serialNumber: '7' }
    expect(await station.call('GetCertificateStatus', { ocspRequestData })).toEqual({
      status: 'Accepted',
      ocspResult: 'b2NzcA==',
    })
    expect(asked[1]).toMatchObject({ path: '/pool/certificate-status', body: ocspRequestData })
    expect(await station.call('Authorize', byContract)).toMatchObject({
      certificateStatus: 'Accepted',
      idTokenInfo: { status: 'Accepted' },
    })
  },
)

it.each([
  ['is broken', { status: 500, body: {} }],
  ['speaks no JSON', { body: '<html>' }],
  ['answers something else', { body: { standing: 'Splendid', status: 'Accepted', exiResponse: 7 } }],
  ['refuses', { body: { standing: 'Unknown', status: 'Failed' } }],
])('nothing is taken for good from a pool that %s', async (_, answer) => {
  const { url } = await openPool(() => answer)
  house = await openHouse({ contractCertificates: contractPoolOverHttp({ url, log }) })
  house.cards.add(contract)
  const station = await house.connect({ version: 'ocpp2.0.1' })
  expect(await station.call('Get15118EVCertificate', install)).toEqual({ status: 'Failed', exiResponse: '' })
  expect(await station.call('GetCertificateStatus', { ocspRequestData: { ...hash, serialNumber: '7' } })).toEqual({
    status: 'Failed',
  })
  expect(await station.call('Authorize', byContract)).toMatchObject({
    certificateStatus: 'NoCertificateAvailable',
    idTokenInfo: { status: 'Invalid' },
  })
})

it('a pool that is away or silent makes nobody wait for ever, and its address is checked', async () => {
  const { url } = await openPool(() => ({ body: {} }))
  server!.close()
  server!.closeAllConnections()
  const away = contractPoolOverHttp({ url, log, timeoutMs: 2_000 })
  expect(await away.standing(hash)).toBeUndefined()
  for (const wrong of ['pool', 'ftp://pool.example', 'https://user:word@pool.example'])
    expect(() => contractPoolOverHttp({ url: wrong, log })).toThrow('no address')
})
