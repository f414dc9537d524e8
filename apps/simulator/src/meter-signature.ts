import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** One reading for the meter to sign. */
export interface SignedReading {
  /** OCMF's TX: begin, in between, end. */
  readonly kind: 'B' | 'C' | 'E'
  readonly registerWh: number
  /** The station's clock. */
  readonly at: Date
  readonly idTag: string
}

/** A meter that signs: its register and time cannot be changed afterwards without being noticed. */
export interface SigningMeter {
  /** DER of the public key in hexadecimal, as an operator registers it. */
  readonly publicKey: string
  /** `OCMF|{payload}|{signature}` (OCMF 1.0). */
  sign(reading: SignedReading): string
}

export const ocmfCurves = ['secp256r1', 'secp256k1'] as const
export type OcmfCurve = (typeof ocmfCurves)[number]

/** The key lies in a file of its own and is made when it is missing: a meter keeps its key. */
export const meterKeyIn = (file: string, curve: OcmfCurve = 'secp256r1'): KeyObject => {
  if (!existsSync(file)) {
    // OpenSSL calls secp256r1 by its other name.
    const namedCurve = curve === 'secp256r1' ? 'prime256v1' : curve
    const { privateKey } = generateKeyPairSync('ec', { namedCurve })
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  return createPrivateKey(readFileSync(file, 'utf8'))
}

export const createSigningMeter = ({
  key,
  serial,
  forges = () => false,
}: {
  key: KeyObject
  serial: string
  /** Whether it changes readings after they were signed. */
  forges?: () => boolean
}): SigningMeter => {
  const curve = key.asymmetricKeyDetails?.namedCurve === 'secp256k1' ? 'secp256k1' : 'secp256r1'
  let page = 0
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('hex'),
    sign: ({ kind, registerWh, at, idTag }) => {
      page += 1
      const payloadOf = (wh: number): string =>
        JSON.stringify({
          FV: '1.0',
          GI: 'Werenode Simulator',
          GS: serial,
          PG: `T${page}`,
          MV: 'Werenode',
          MS: serial,
          IS: true,
          IT: 'CENTRAL',
          ID: idTag,
          RD: [
            {
              TM: `${at.toISOString().replace('.', ',').replace('Z', '+0000')} S`,
              TX: kind,
              RV: Math.round(wh * 10) / 10_000,
              RI: '1-b:1.8.0',
              RU: 'kWh',
              ST: 'G',
            },
          ],
        })
      const payload = payloadOf(registerWh)
      const signature = sign('sha256', Buffer.from(payload, 'utf8'), { key, dsaEncoding: 'der' }).toString('hex')
      const told = forges() ? payloadOf(registerWh + 1_000) : payload
      return `OCMF|${told}|${JSON.stringify({ SA: `ECDSA-${curve}-SHA256`, SD: signature })}`
    },
  }
}
