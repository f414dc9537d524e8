import type { Branded } from './brand.ts'
import { WerenodeError } from './errors.ts'

/** An amount in the asset's smallest unit (6 decimals: 1_000_000n = 1.00 EUR). Never a float. */
export type MicroEuro = Branded<bigint, 'MicroEuro'>

export const microEuro = (value: bigint): MicroEuro => value as MicroEuro

/** Reads the wire form: a decimal string of whole micro-euro, e.g. `"25000000"` = 25.00 EUR. */
export const parseMicroEuro = (wire: string): MicroEuro => {
  if (!/^(0|[1-9]\d{0,29})$/.test(wire))
    throw new WerenodeError('invalid-input', `"${wire.slice(0, 40)}" is not an amount`, {
      hint: 'Write whole micro-euro as a decimal string, e.g. "25000000" for 25.00 EUR.',
    })
  return BigInt(wire) as MicroEuro
}

/** The wire form of an amount. */
export const microEuroToWire = (amount: bigint): string => amount.toString()

/** Euro text with exactly six decimals, for logs and ledgers: `12.345678`. Apps format with the design package. */
export const microEuroToText = (amount: bigint): string => {
  const sign = amount < 0n ? '-' : ''
  const absolute = amount < 0n ? -amount : amount
  return `${sign}${absolute / 1_000_000n}.${(absolute % 1_000_000n).toString().padStart(6, '0')}`
}
