import { ctr } from '@noble/ciphers/aes'
import { scryptAsync } from '@noble/hashes/scrypt'
import { bytesToHex, concat, hexToBytes, keccak256, toHex } from 'viem'
import type { Secret } from '../device/vault-answer'
import { accountOf } from './phrase'

/**
 * A wallet in a file, as most wallets read it: Web3 Secret Storage, version 3, over the key. A phrase is kept beside it under
 * `x-werenode`, sealed with the same password, so that it comes back too.
 */
export interface Backup {
  readonly version: 3
  readonly id: string
  readonly address: string
  readonly crypto: Sealed
  readonly 'x-werenode'?: { readonly phrase: Sealed }
}

interface Sealed {
  readonly cipher: 'aes-128-ctr'
  readonly cipherparams: { readonly iv: string }
  readonly ciphertext: string
  readonly kdf: 'scrypt'
  readonly kdfparams: {
    readonly dklen: 32
    readonly salt: string
    readonly n: number
    readonly r: number
    readonly p: number
  }
  /** keccak256 of the second half of the key and the sealed bytes: tells a wrong password. */
  readonly mac: string
}

/** Costs a phone some seconds, and who guesses passwords as much for each. */
const cost = { n: 2 ** 15, r: 8, p: 1 } as const
/** A file must not make the app work for hours. */
const dearest = 2 ** 20

const bare = (bytes: Uint8Array): string => bytesToHex(bytes).slice(2)
const draw = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
const keyOf = (password: string, { salt, n, r, p }: Sealed['kdfparams']): Promise<Uint8Array> =>
  scryptAsync(new TextEncoder().encode(password.normalize('NFKC')), hexToBytes(`0x${salt}`), { N: n, r, p, dkLen: 32 })
const macOf = (key: Uint8Array, sealed: Uint8Array): string => keccak256(concat([key.slice(16), sealed])).slice(2)

const seal = async (
  data: Uint8Array,
  password: string,
  work: typeof cost | { n: number; r: number; p: number },
): Promise<Sealed> => {
  const kdfparams = { dklen: 32, salt: bare(draw(32)), ...work } as const
  const iv = draw(16)
  const key = await keyOf(password, kdfparams)
  const sealed = ctr(key.slice(0, 16), iv).encrypt(data)
  return {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: bare(iv) },
    ciphertext: bare(sealed),
    kdf: 'scrypt',
    kdfparams,
    mac: macOf(key, sealed),
  }
}

const unseal = async (
  { ciphertext, cipherparams, kdfparams, mac }: Sealed,
  password: string,
): Promise<Uint8Array | undefined> => {
  const key = await keyOf(password, kdfparams)
  const sealed = hexToBytes(`0x${ciphertext}`)
  if (macOf(key, sealed) !== mac.toLowerCase()) return undefined
  return ctr(key.slice(0, 16), hexToBytes(`0x${cipherparams.iv}`)).decrypt(sealed)
}

/** Seals a wallet with a password. */
export const sealBackup = async (
  secret: Secret,
  password: string,
  work: { n: number; r: number; p: number } = cost,
): Promise<Backup> => {
  const account = accountOf(secret)
  const key = 'key' in secret ? hexToBytes(secret.key) : keyOfPhrase(secret.phrase)
  const sign = draw(16)
  return {
    version: 3,
    id: bare(sign).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    address: account.address.slice(2).toLowerCase(),
    crypto: await seal(key, password, work),
    ...('phrase' in secret
      ? { 'x-werenode': { phrase: await seal(new TextEncoder().encode(secret.phrase), password, work) } }
      : {}),
  }
}

/** Reads a file; undefined for one that is no backup. What it asks of the device is bounded. */
export const readBackup = (text: string): Backup | undefined => {
  try {
    const file = JSON.parse(text) as {
      version?: unknown
      crypto?: unknown
      Crypto?: unknown
      'x-werenode'?: { phrase?: unknown }
    }
    const crypto = (file.crypto ?? file.Crypto) as Sealed
    const phrase = file['x-werenode']?.phrase
    if (file.version !== 3 || !isSealed(crypto) || (phrase !== undefined && !isSealed(phrase))) return undefined
    return { ...(file as object), crypto } as Backup
  } catch {
    return undefined
  }
}

/** Opens a backup; undefined when the password is wrong. */
export const openBackup = async (backup: Backup, password: string): Promise<Secret | undefined> => {
  const kept = backup['x-werenode']?.phrase
  if (kept) {
    const phrase = await unseal(kept, password)
    return phrase && { phrase: new TextDecoder().decode(phrase) }
  }
  const key = await unseal(backup.crypto, password)
  return key && { key: toHex(key) }
}

const isSealed = (value: unknown): value is Sealed => {
  const { cipher, cipherparams, ciphertext, kdf, kdfparams, mac } = (value ?? {}) as Partial<Sealed>
  const hex = (text: unknown): boolean => typeof text === 'string' && /^([0-9a-f]{2})+$/i.test(text)
  return (
    cipher === 'aes-128-ctr' &&
    kdf === 'scrypt' &&
    hex(cipherparams?.iv) &&
    hex(ciphertext) &&
    hex(mac) &&
    hex(kdfparams?.salt) &&
    [kdfparams?.n, kdfparams?.r, kdfparams?.p].every((one) => Number.isInteger(one) && one! > 0) &&
    kdfparams!.n * kdfparams!.r * kdfparams!.p <= dearest * 8
  )
}

const keyOfPhrase = (phrase: string): Uint8Array => {
  const key = (accountOf({ phrase }) as unknown as { getHdKey(): { privateKey: Uint8Array | null } }).getHdKey()
    .privateKey
  if (!key) throw new Error('The phrase gave no key.')
  return key
}
