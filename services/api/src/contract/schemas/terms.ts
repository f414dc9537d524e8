import type { WireReceipt, WireTerms } from '@werenode/core'
import { z } from 'zod'
import { address, amountMicro, connectorNumber, hash, unixSeconds } from './primitives.ts'

export const fundingSource = z.enum(['Credit', 'Allowance', 'Authorization']).meta({
  id: 'FundingSource',
  description: 'How the money enters the escrow: energy credit, an allowance (or permit), an ERC-3009 authorisation.',
})

export const wireTerms = z
  .strictObject({
    driver: address,
    operatorId: hash,
    payee: address,
    evseIdHash: hash,
    connector: connectorNumber,
    token: address,
    source: fundingSource,
    maxAmount: amountMicro,
    startFee: amountMicro,
    pricePerKWh: amountMicro,
    pricePerMinute: amountMicro,
    idlePerMinute: amountMicro,
    tariffHash: hash,
    maxPowerW: z.int().min(0).max(0xffff_ffff),
    meterKeyHash: hash,
    disputeBond: amountMicro,
    disputeWindow: unixSeconds,
    openBy: unixSeconds,
    startBy: unixSeconds,
    settleBy: unixSeconds,
    sessionKey: address,
    salt: hash,
  })
  .meta({
    id: 'ChargeTerms',
    description: 'The agreement of driver and operator; amounts in micro-euro, times in unix seconds.',
  }) satisfies z.ZodType<WireTerms>

export const wireReceipt = z
  .strictObject({
    sessionId: hash,
    startWh: amountMicro.describe('Register at start, Wh, as a decimal string.'),
    endWh: amountMicro.describe('Register at end, Wh, as a decimal string.'),
    startedAt: unixSeconds,
    endedAt: unixSeconds,
    chargingSeconds: unixSeconds,
    idleSeconds: unixSeconds,
    amount: amountMicro,
    meterRoot: hash,
  })
  .meta({
    id: 'ChargeReceipt',
    description: 'What happened, in figures the chain judges.',
  }) satisfies z.ZodType<WireReceipt>
