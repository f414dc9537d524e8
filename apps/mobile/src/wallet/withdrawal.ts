import { isAddress } from 'viem'

/** An amount as people write it ("12", "12.50", "12,5") in micro-euro; undefined when it is none or has parts of a cent. */
export const amountIn = (text: string): bigint | undefined => {
  const parts = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.trim().replace(/\s*€$|^€\s*/, ''))
  if (!parts) return undefined
  const amount = BigInt(parts[1]!) * 1_000_000n + BigInt((parts[2] ?? '').padEnd(2, '0')) * 10_000n
  return amount === 0n ? undefined : amount
}

export type Destination = { readonly address: string } | { readonly wrong: 'not-an-address' | 'mistyped' }

/** An address as it was pasted. Capitals are its checksum (ERC-55): with a wrong one it was mistyped. */
export const destinationIn = (text: string): Destination => {
  const address = text
    .trim()
    .replace(/^ethereum:/i, '')
    .replace(/@\d+$/, '')
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) return { wrong: 'not-an-address' }
  return isAddress(address) ? { address: address.toLowerCase() } : { wrong: 'mistyped' }
}
