import { type Address, type EvseId, type Hex, type Party, parseEvseId, type SessionId } from '@werenode/core'
import { z } from 'zod'

/** Hexadecimal text is compared in lower case, whatever case it came in. */
const hex = <T extends string>(pattern: RegExp) =>
  z
    .string()
    .regex(pattern)
    .transform((text) => text.toLowerCase() as T)

export const address = hex<Address>(/^0x[0-9a-fA-F]{40}$/).meta({
  id: 'Address',
  description: 'An account of the chain.',
  example: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
})
export const hash = hex<Hex>(/^0x[0-9a-fA-F]{64}$/).meta({ id: 'Hash', description: '32 bytes.' })
export const sessionId = hex<SessionId>(/^0x[0-9a-fA-F]{64}$/).meta({
  id: 'SessionId',
  description: 'EIP-712 hash of the charge terms: the id is the agreement.',
})
/** 65 bytes of an EOA up to the long ones of contract wallets (EIP-1271, EIP-6492). */
export const signature = hex<Hex>(/^0x([0-9a-fA-F]{2}){64,4096}$/).meta({
  id: 'Signature',
  description: 'A signature; longer than 65 bytes for contract wallets.',
})

export const amountMicro = z
  .string()
  // What is no number ends here: limits that follow read it as one.
  .regex(/^(0|[1-9][0-9]{0,29})$/, { abort: true })
  .meta({ id: 'AmountMicro', description: 'Whole micro-euro as a decimal string.', example: '25000000' })

export const isoTime = z.iso
  .datetime({ precision: 3 })
  .meta({ id: 'Time', description: 'ISO 8601, UTC, with milliseconds.', example: '2026-11-22T16:09:13.042Z' })

export const evseId = z
  .string()
  .regex(/^[A-Za-z]{2}\*?[A-Za-z0-9]{3}\*?[Ee][A-Za-z0-9*]{1,30}$/, {
    error: 'is not an EVSE id; it looks like FR*WRN*E000001, the connector is a number apart',
  })
  .transform((text): EvseId => parseEvseId(text))
  .meta({
    id: 'EvseId',
    description: 'eMI3 EVSE id without connector. Separators and case do not matter when ids are compared.',
    example: 'FR*WRN*E000001',
  })

export const party = z
  .string()
  .regex(/^[A-Z]{2}\*[A-Z0-9]{3}$/)
  .transform((text) => text as Party)
  .meta({ id: 'Party', description: 'OCPI country code and party id.', example: 'FR*WRN' })

export const connectorNumber = z.int().min(1).max(65_535)
export const unixSeconds = z.int().min(0).max(0xffff_ffff)

export const cursor = z
  .string()
  .min(1)
  .max(4096)
  .meta({ description: 'Cursor `next` of the page before; valid with the same filter only.' })

/** A page's size in a query string. */
export const pageLimit = (most: number, usual: number) =>
  z
    .string()
    .regex(/^[1-9][0-9]{0,3}$/)
    .transform(Number)
    .refine((limit) => limit <= most, { error: `at most ${most}` })
    .optional()
    .transform((limit) => limit ?? usual)
    .meta({ description: `How many at most; default ${usual}, at most ${most}.` })

/** An OCPI 2.2.1 Tariff as it is stored; its own specification describes it. */
export const ocpiTariff = z.unknown().meta({ id: 'OcpiTariff', description: 'OCPI 2.2.1 Tariff object, or null.' })
