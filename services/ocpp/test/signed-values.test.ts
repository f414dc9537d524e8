import { generateKeyPairSync, sign } from 'node:crypto'
import { merkleHolds, merkleProof } from '@werenode/chain'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStationConsole } from '../src/index.ts'
import { leafOf } from '../src/signed/values.ts'
import { type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const meter = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
const publicKey = meter.publicKey.export({ type: 'spki', format: 'der' }).toString('hex')
const ocmf = (context: 'B' | 'E', kWh: number): string => {
  const payload = JSON.stringify({
    FV: '1.0',
    PG: 'T1',
    RD: [{ TX: context, RV: kWh, RU: 'kWh', RI: '1-b:1.8.0', ST: 'G' }],
  })
  const SD = sign('sha256', Buffer.from(payload), meter.privateKey).toString('hex')
  return `OCMF|${payload}|${JSON.stringify({ SA: 'ECDSA-secp256k1-SHA256', SD })}`
}
const consoleOf = ({ store, bus }: House) =>
  createStationConsole({ store, bus, clock: () => new Date(), log: pino({ level: 'silent' }) })

it('signed values of a 1.6 transaction are kept verbatim, verified, and bound by a root', async () => {
  house.cards.add('CARD')
  const station = await house.connect({ meterKeys: { 1: publicKey } })
  const at = (minute: number) => new Date(Date.now() + minute * 60_000).toISOString()
  const start = { connectorId: 1, idTag: 'CARD', meterStart: 1000, timestamp: at(-20) }
  const { transactionId } = (await station.call('StartTransaction', start)) as { transactionId: number }
  const [begin, end] = [ocmf('B', 1), ocmf('E', 1.5)]
  const signed = (value: string, context: string) => ({ value, context, format: 'SignedData' })
  await station.call('StopTransaction', {
    transactionId,
    idTag: 'CARD',
    meterStop: 1500,
    timestamp: at(-1),
    transactionData: [
      { timestamp: at(-20), sampledValue: [signed(begin, 'Transaction.Begin')] },
      { timestamp: at(-1), sampledValue: [signed(end, 'Transaction.End')] },
    ],
  })
  const { items, root } = await consoleOf(house).signedValues(station.stationId, String(transactionId))
  expect(items.map(({ original, verdict }) => [original, verdict.state, verdict.registerWh])).toEqual([
    [begin, 'valid', 1000],
    [end, 'valid', 1500],
  ])
  const leaves = [begin, end].map(leafOf)
  expect(merkleHolds(root!, leafOf(end), merkleProof(leaves, leafOf(end)))).toBe(true)
  const { data } = await house.told(station).event('transaction.ended')
  expect(data.signed).toBe(end)
})

it.each(['ocpp2.0.1', 'ocpp2.1'])(
  'signed values of an %s transaction are checked with the key they came with',
  async (version) => {
    const station = await house.connect({ version })
    const timestamp = new Date().toISOString()
    const signedMeterValue = {
      signedMeterData: Buffer.from(ocmf('E', 2)).toString('base64'),
      encodingMethod: 'OCMF',
      signingMethod: '',
      publicKey: Buffer.from(`oca:base16:asn1:${publicKey}`).toString('base64'),
    }
    await station.call('TransactionEvent', {
      eventType: 'Started',
      timestamp,
      triggerReason: 'Authorized',
      seqNo: 0,
      transactionInfo: { transactionId: 'S-1' },
      evse: { id: 1, connectorId: 1 },
      idToken: { idToken: 'CARD', type: 'ISO14443' },
      meterValue: [{ timestamp, sampledValue: [{ value: 2000, context: 'Transaction.Begin', signedMeterValue }] }],
    })
    const { items } = await consoleOf(house).signedValues(station.stationId, 'S-1')
    expect(items).toMatchObject([
      { original: signedMeterValue.signedMeterData, verdict: { state: 'valid', key: 'carried', registerWh: 2000 } },
    ])
  },
)
