import { validateMnemonic } from '@scure/bip39'
import type { Hex } from '@werenode/core'
import type { LocalAccount } from 'viem'
import { english, generateMnemonic, mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import type { Secret } from '../device/vault-answer'

/** Twelve words of BIP-39. */
export const newPhrase = (): string => generateMnemonic(english)

/** The account of a secret: for a phrase the first one, where every wallet looks for it (m/44'/60'/0'/0/0). */
export const accountOf = (secret: Secret): LocalAccount =>
  'phrase' in secret ? mnemonicToAccount(secret.phrase) : privateKeyToAccount(secret.key)

/** What somebody typed or pasted, as a secret; otherwise what is wrong with it. */
export const secretOf = (text: string): Secret | 'not-a-key' | 'not-a-phrase' => {
  const plain = text.trim()
  if (/^0x/i.test(plain)) return /^0x[0-9a-f]{64}$/i.test(plain) ? { key: plain.toLowerCase() as Hex } : 'not-a-key'
  const phrase = plain.toLowerCase().normalize('NFKD').split(/\s+/).join(' ')
  // The last word holds a checksum: a misspelt or swapped word does not pass, else it would open another, empty wallet.
  return validateMnemonic(phrase, english) ? { phrase } : 'not-a-phrase'
}
