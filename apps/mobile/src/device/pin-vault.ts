import type { Secret, Vault } from './vault-answer'

/** OWASP's figure for PBKDF2 with SHA-256. */
const rounds = 600_000

interface Sealed {
  readonly rounds: number
  readonly salt: Uint8Array
  /** Of the inner seal, by the PIN; of the outer one, by the browser's key. */
  readonly pinIv: Uint8Array
  readonly boxIv: Uint8Array
  readonly text: ArrayBuffer
  /** Cannot be read out: who copies the sealed text alone has nothing to try PINs on. */
  readonly boxKey: CryptoKey
}

/** Where sealed secrets lie. */
export interface SealedRecords {
  get<T>(key: string): Promise<T | undefined>
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
}

/** A secret sealed twice: with a key made of the person's PIN, and with one that this browser made and never gives away. */
export const pinVault = (records: SealedRecords, crypto: Crypto, work = rounds): Vault => {
  const subtle = (): SubtleCrypto => {
    if (crypto.subtle === undefined) throw new Error('This page is not secure (https), so no key can be kept here.')
    return crypto.subtle
  }
  const keyOf = async (pin: string, salt: Uint8Array, iterations: number): Promise<CryptoKey> => {
    const typed = await subtle().importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
    return subtle().deriveKey(
      { name: 'PBKDF2', hash: 'SHA-256', salt: salt as BufferSource, iterations },
      typed,
      { name: 'AES-GCM', length: 256 },
      false,
      ['encrypt', 'decrypt'],
    )
  }
  const draw = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
  const seal = (key: CryptoKey, iv: Uint8Array, data: BufferSource): Promise<ArrayBuffer> =>
    subtle().encrypt({ name: 'AES-GCM', iv: iv as BufferSource }, key, data)
  const unseal = (key: CryptoKey, iv: Uint8Array, data: BufferSource): Promise<ArrayBuffer> =>
    subtle().decrypt({ name: 'AES-GCM', iv: iv as BufferSource }, key, data)

  return {
    guard: 'pin',
    async keep(secret, pin) {
      if (pin === undefined) throw new Error('A PIN is needed to keep a wallet in a browser.')
      const [salt, pinIv, boxIv] = [draw(16), draw(12), draw(12)]
      const boxKey = await subtle().generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
      const inner = await seal(
        await keyOf(pin, salt, work),
        pinIv,
        new TextEncoder().encode(JSON.stringify(secret)) as BufferSource,
      )
      const sealed: Sealed = { rounds: work, salt, pinIv, boxIv, text: await seal(boxKey, boxIv, inner), boxKey }
      await records.set('wallet', sealed)
    },
    async open(_reason, pin) {
      const sealed = await records.get<Sealed>('wallet')
      if (sealed === undefined)
        throw new Error('There is no wallet in this browser any more. Bring it back by its phrase.')
      if (pin === undefined) return undefined
      const inner = await unseal(sealed.boxKey, sealed.boxIv, sealed.text)
      try {
        const text = await unseal(await keyOf(pin, sealed.salt, sealed.rounds), sealed.pinIv, inner)
        return JSON.parse(new TextDecoder().decode(text)) as Secret
      } catch {
        // AES-GCM tells a wrong PIN by its tag.
        return undefined
      }
    },
    forget: () => records.delete('wallet'),
  }
}
