import { sha256, stringToBytes } from 'viem'
import { generatePrivateKey } from 'viem/accounts'

/** 256 random bits as text, from the platform's own source, everywhere viem runs (React Native too, which has no SubtleCrypto). */
export const randomText = (): string => generatePrivateKey().slice(2)

/** RFC 7636 §4.2, S256. */
export const challengeOf = (verifier: string): string =>
  btoa(String.fromCharCode(...sha256(stringToBytes(verifier), 'bytes')))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
