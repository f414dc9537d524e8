import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { judgeSigned } from './verdict.ts'

const curveNames = ['secp256r1', 'secp256k1', 'secp384r1'] as const

/** OpenSSL's own name of the first. */
const meterOn = (curve: string) => {
  const namedCurve = curve === 'secp256r1' ? 'prime256v1' : curve
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return {
    privateKey,
    der,
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    point: der.subarray(curve === 'secp384r1' ? -97 : -65),
  }
}
const payload = (kWh: number): string =>
  JSON.stringify({
    FV: '1.0',
    GI: 'Werenode test meter',
    PG: 'T12',
    MS: '4711',
    ID: 'CARD | 1',
    RD: [
      { TM: '2026-05-01T10:00:00,000+0200 S', TX: 'B', RV: 12.0, RI: '1-b:1.8.0', RU: 'kWh', ST: 'G' },
      { TX: 'E', RV: kWh },
    ],
  })
const ocmfOf = (
  meter: ReturnType<typeof meterOn>,
  curve: string,
  text = payload(12.345),
  more: object = {},
): string => {
  const signature = sign('sha256', Buffer.from(text), { key: meter.privateKey, dsaEncoding: 'der' }).toString('hex')
  return `OCMF|${text}|${JSON.stringify({ SA: `ECDSA-${curve}-SHA256`, SD: signature, ...more })}`
}

it.each(curveNames)('verifies OCMF signed on %s, whatever form the key has', (curve) => {
  const meter = meterOn(curve)
  const ocmf = ocmfOf(meter, curve)
  const hex = meter.der.toString('hex')
  const forms = [
    hex,
    hex.toUpperCase(),
    meter.der.toString('base64'),
    meter.pem,
    meter.point.toString('hex'),
    `oca:base16:asn1:${hex}`,
    Buffer.from(`oca:base16:asn1:${hex}`).toString('base64'),
  ]
  for (const pinned of forms)
    expect(judgeSigned(ocmf, { pinned })).toEqual({ state: 'valid', format: 'OCMF', key: 'pinned', registerWh: 12_345 })
})

it('takes what is said nowhere as secp256r1 with SHA-256, and reads base64 signatures', () => {
  const meter = meterOn('secp256r1')
  const text = payload(1)
  const SD = sign('sha256', Buffer.from(text), meter.privateKey).toString('base64')
  const ocmf = `OCMF|${text}|${JSON.stringify({ SE: 'base64', SD })}`
  expect(judgeSigned(ocmf, { pinned: meter.pem })).toMatchObject({ state: 'valid' })
})

it('looks into base64, and into the object 1.6 stations send as text, which may carry the key', () => {
  const meter = meterOn('secp256k1')
  const ocmf = ocmfOf(meter, 'secp256k1')
  const signedMeterData = Buffer.from(ocmf).toString('base64')
  const wrapped = JSON.stringify({ signedMeterData, encodingMethod: 'OCMF', publicKey: meter.der.toString('base64') })
  expect(judgeSigned(signedMeterData, { carried: meter.pem })).toMatchObject({ state: 'valid', key: 'carried' })
  expect(judgeSigned(wrapped, {})).toMatchObject({ state: 'valid', key: 'carried' })
  expect(judgeSigned(Buffer.from(wrapped).toString('base64'), {})).toMatchObject({ state: 'valid', key: 'carried' })
})

it('the key the operator registered decides, whatever the station sends along', () => {
  const [meter, other] = [meterOn('secp256r1'), meterOn('secp256r1')]
  const ocmf = ocmfOf(other, 'secp256r1')
  expect(judgeSigned(ocmf, { pinned: meter.pem, carried: other.pem })).toMatchObject({
    state: 'invalid',
    key: 'pinned',
  })
})

it('one changed byte of the payload is found', () => {
  const meter = meterOn('secp256r1')
  const changed = ocmfOf(meter, 'secp256r1').replace('12.345', '12.344')
  expect(judgeSigned(changed, { pinned: meter.pem })).toMatchObject({ state: 'invalid', registerWh: 12_344 })
})

it('says so when it cannot judge', () => {
  const meter = meterOn('secp256r1')
  expect(judgeSigned(ocmfOf(meter, 'secp256r1'), {})).toMatchObject({
    state: 'unverified',
    why: 'No public key of the meter is known',
  })
  expect(judgeSigned(ocmfOf(meter, 'secp256r1'), { pinned: 'not a key' })).toMatchObject({ state: 'unverified' })
  expect(judgeSigned(ocmfOf(meter, 'secp521r1'), { pinned: meter.pem })).toMatchObject({ state: 'unverified' })
  expect(judgeSigned('AP;0;3;...', { pinned: meter.pem })).toMatchObject({ state: 'unverified', format: 'other' })
})

it('nothing a station writes there makes it fail', () => {
  const meter = meterOn('secp256r1')
  const odd = fc.oneof(
    fc.string(),
    fc.string().map((text) => `OCMF|${text}|${text}`),
    fc.json().map((json) => `OCMF|${json}|{"SD":"3045"}`),
    fc.string().map((text) => Buffer.from(`OCMF|{}|{"SD":"${text}"}`).toString('base64')),
  )
  fc.assert(
    fc.property(odd, fc.string(), (original, key) => {
      expect(judgeSigned(original, { pinned: meter.pem }).state).not.toBe('valid')
      expect(judgeSigned(original, { carried: key }).state).not.toBe('valid')
    }),
    { numRuns: 500 },
  )
})
