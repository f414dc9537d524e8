import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { CertificateAuthority, ContractCertificates } from '../src/index.ts'
import { createStationConsole } from '../src/index.ts'
import { testCertificate } from './exchanges/certificate.ts'
import { type House, openHouse } from './house.ts'

let house: House | undefined
afterEach(async () => {
  await house?.close()
  house = undefined
})

const csr = (number: number): string =>
  `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(`request ${number}`).toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'])('a station’s own certificate over %s', (version) => {
  it('is made on request, delivered, and renewed when the station asks again', async () => {
    const signed: (readonly [stationId: string, csr: string, type: string])[] = []
    const certificateAuthority: CertificateAuthority = {
      sign: async (...request) => {
        signed.push(request)
        return `${testCertificate}# ${signed.length}\n`
      },
    }
    house = await openHouse({ certificateAuthority })
    const station = await house.connect({ version })
    station.answering('CertificateSigned', { status: 'Accepted' })
    for (const round of [1, 2]) {
      const request =
        version === 'ocpp1.6' ? { csr: csr(round) } : { csr: csr(round), certificateType: 'V2GCertificate' }
      expect(await station.call('SignCertificate', request)).toEqual({ status: 'Accepted' })
      await expect
        .poll(() => station.received.filter(([, , action]) => action === 'CertificateSigned').length)
        .toBe(round)
      const [, , , payload] = station.received.findLast(([, , action]) => action === 'CertificateSigned')!
      expect(payload).toEqual({
        certificateChain: `${testCertificate}# ${round}\n`,
        ...(version === 'ocpp1.6' ? {} : { certificateType: 'V2GCertificate' }),
      })
      // The answer comes first, the certificate after it (A02.FR.05).
      expect(signed).toHaveLength(round)
      expect(signed.at(-1)!.slice(0, 2)).toEqual([station.stationId, csr(round)])
    }
  })
})

it('a request that an authority declines leaves the station with what it has', async () => {
  const certificateAuthority: CertificateAuthority = {
    sign: async () => {
      throw new Error('The request is for another station')
    },
  }
  house = await openHouse({ certificateAuthority })
  const station = await house.connect({ version: 'ocpp2.0.1' })
  await station.call('SignCertificate', { csr: csr(1) })
  // It goes on to be served.
  expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  expect(station.received.some(([, , action]) => action === 'CertificateSigned')).toBe(false)
})

const hash = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'aa',
  issuerKeyHash: 'bb',
  responderURL: 'http://ocsp.example',
}
const pool = (standing: ContractCertificates['standing']): { pool: ContractCertificates; asked: unknown[] } => {
  const asked: unknown[] = []
  return {
    asked,
    pool: {
      evCertificate: async (request) => {
        asked.push(request)
        return { status: 'Accepted', exiResponse: 'ZXhp' }
      },
      certificateStatus: async (request) => {
        asked.push(request)
        return 'b2NzcA=='
      },
      standing,
    },
  }
}

describe.each(['ocpp2.0.1', 'ocpp2.1'])('ISO 15118 over %s', (version) => {
  it('a car’s words go to the contract pool unread, and its answer back', async () => {
    const { pool: contractCertificates, asked } = pool(async () => 'Good')
    house = await openHouse({ contractCertificates })
    const station = await house.connect({ version })
    const request = { iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef', action: 'Update', exiRequest: 'Y2Fy' }
    expect(await station.call('Get15118EVCertificate', request)).toEqual({ status: 'Accepted', exiResponse: 'ZXhp' })
    expect(asked).toEqual([
      {
        stationId: station.stationId,
        schemaVersion: 'urn:iso:15118:2:2013:MsgDef',
        action: 'Update',
        exiRequest: 'Y2Fy',
      },
    ])
    const ocspRequestData = { ...hash, serialNumber: '1' }
    expect(await station.call('GetCertificateStatus', { ocspRequestData })).toEqual({
      status: 'Accepted',
      ocspResult: 'b2NzcA==',
    })
    const { store, bus } = house
    const console_ = createStationConsole({ store, bus, clock: () => new Date(), log: pino({ level: 'silent' }) })
    const facts = await console_.dossier(station.stationId, 'certificate')
    expect(facts).toContainEqual(
      expect.objectContaining({ key: 'ev', value: expect.objectContaining({ action: 'Update' }) }),
    )
  })

  it.each([
    ['in good standing', ['Good', 'Good'], 'Accepted', 'Accepted'],
    ['revoked', ['Good', 'Revoked'], 'CertificateRevoked', 'Invalid'],
    ['unknown at the pool', ['Good', 'Unknown'], 'NoCertificateAvailable', 'Invalid'],
    ['that nobody can check', [undefined, undefined], 'NoCertificateAvailable', 'Invalid'],
  ] as const)('a contract %s', async (_, standings, certificateStatus, status) => {
    house = await openHouse({
      contractCertificates: pool(async (request) => standings[Number(request.serialNumber)]).pool,
    })
    house.cards.add('DE8AA1A2B3C4D59')
    const station = await house.connect({ version })
    const answer = await station.call('Authorize', {
      idToken: { idToken: 'DE8AA1A2B3C4D59', type: 'eMAID' },
      iso15118CertificateHashData: ['0', '1'].map((serialNumber) => ({ ...hash, serialNumber })),
    })
    expect(answer).toMatchObject({ certificateStatus, idTokenInfo: { status } })
    // A certificate that does not hold is told before anybody is asked about the contract.
    expect(house.asked.length).toBe(status === 'Accepted' ? 1 : 0)
  })

  it('a contract of a node without a pool is refused, a card is not', async () => {
    house = await openHouse()
    house.cards.add('CARD')
    const station = await house.connect({ version })
    const byContract = { idToken: { idToken: 'CARD', type: 'eMAID' }, certificate: testCertificate }
    expect(await station.call('Authorize', byContract)).toMatchObject({
      certificateStatus: 'NoCertificateAvailable',
      idTokenInfo: { status: 'Invalid' },
    })
    expect(await station.call('Authorize', { idToken: { idToken: 'CARD', type: 'ISO14443' } })).toEqual({
      idTokenInfo: expect.objectContaining({ status: 'Accepted' }),
    })
  })
})
