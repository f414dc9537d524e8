import { z } from 'zod'
import type { Contract } from './contract.ts'
import { address, amountMicro, cursor, hash, isoTime, pageLimit, signature, unixSeconds } from './schemas/primitives.ts'

const withdrawal = z
  .object({
    id: hash.describe('The EIP-712 digest of the order.'),
    account: address,
    to: address,
    amountMicro,
    state: z.enum(['under-way', 'paid', 'refused']).describe('`refused`: nothing left the credit.'),
    at: isoTime,
    txHash: z.exactOptional(hash),
    why: z.exactOptional(z.string().describe('Why it was refused, in a sentence.')),
  })
  .meta({ id: 'Withdrawal' })

export const nodeContracts = {
  discover: {
    summary: 'Find what this node offers',
    tag: 'node',
    answer: {
      status: 200,
      words: 'Addresses of the parts of the API.',
      schema: z
        .object({
          name: z.string(),
          version: z.string(),
          origin: z.string(),
          openapi: z.string(),
          signIn: z.object({
            siwe: z.object({ nonce: z.string(), domain: z.string(), chainId: z.int() }),
            refresh: z.string(),
          }),
          links: z.record(z.string(), z.string()),
        })
        .meta({ id: 'Discovery' }),
    },
    errors: [],
  },
  getOpenApi: {
    summary: 'This document',
    tag: 'node',
    answer: { status: 200, words: 'OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()), etag: true },
    errors: [],
  },
  getNetwork: {
    summary: 'See the chain this node settles on',
    tag: 'money',
    answer: {
      status: 200,
      words: 'Chain, contracts and operator.',
      schema: z
        .object({
          chainId: z.int(),
          escrow: address,
          token: address,
          operatorRegistry: address,
          evseRegistry: address,
          operatorId: hash,
          payee: address,
          meterKeyHash: hash,
          issuer: address,
          issuerSessionKey: address,
          depth: z.int(),
          local: z.boolean(),
          rpcUrl: z.exactOptional(z.string()),
        })
        .meta({ id: 'Network' }),
    },
    errors: ['chain-unavailable'],
  },
  getCredit: {
    summary: 'See my energy credit',
    tag: 'money',
    answer: {
      status: 200,
      words: 'Credit in the escrow and balance of the wallet.',
      schema: z
        .object({
          address,
          creditMicro: amountMicro,
          walletMicro: amountMicro,
          withdrawNonce: z.exactOptional(z.string().describe('Number of the next withdrawal, for signing it.')),
        })
        .meta({ id: 'Credit' }),
    },
    errors: ['chain-unavailable'],
  },
  listCreditMoves: {
    summary: 'List what came into my energy credit and what left it',
    description:
      'Deposits, withdrawals and refunds kept as credit, each with its transaction. What charges hold and pay is told by sessions.',
    tag: 'money',
    query: z.strictObject({ limit: pageLimit(100, 20), cursor: cursor.optional() }),
    answer: {
      status: 200,
      words: 'Newest first.',
      schema: z
        .object({
          items: z.array(
            z
              .object({
                kind: z.enum(['deposit', 'withdrawal', 'refund']).describe('`refund`: the wallet could not take it.'),
                amountMicro,
                token: address,
                other: z.exactOptional(address.describe('Who paid in, or to whom it was paid out.')),
                at: isoTime,
                txHash: hash,
                blockNumber: z.int(),
              })
              .meta({ id: 'CreditMove' }),
          ),
          next: z.exactOptional(z.string()),
        })
        .meta({ id: 'CreditMovePage' }),
    },
    errors: [],
  },
  withdrawCredit: {
    summary: 'Withdraw energy credit to a wallet',
    description:
      'Sends what the account signed (EIP-712 `Withdraw` of the escrow, with this network’s token) and pays its gas. The same order again answers the same withdrawal.',
    tag: 'money',
    body: z.strictObject({
      amountMicro: amountMicro.meta({ description: 'At least 10,000: one cent.', example: '12500000' }),
      to: address.describe('Any wallet; neither the escrow nor the token.'),
      nonce: z
        .string()
        .regex(/^(0|[1-9][0-9]{0,18})$/)
        .describe('`withdrawNonce` of the credit.'),
      deadline: unixSeconds.describe('Unix seconds, at most an hour ahead.'),
      signature,
    }),
    answer: { status: 201, words: 'On its way.', schema: withdrawal },
    errors: ['not-allowed', 'conflict', 'credit-insufficient', 'signature-invalid', 'chain-unavailable'],
    idempotent: true,
  },
  getWithdrawal: {
    summary: 'See what became of a withdrawal of mine',
    tag: 'money',
    params: z.object({ withdrawalId: hash }),
    answer: { status: 200, words: 'The withdrawal.', schema: withdrawal },
    errors: ['not-allowed', 'not-found', 'chain-unavailable'],
  },
  requestTestEuro: {
    summary: 'Get test euro as energy credit (local chains only)',
    tag: 'money',
    body: z.strictObject({
      amountMicro: amountMicro
        .refine((text) => BigInt(text) > 0n && BigInt(text) <= 1_000_000_000n, {
          error: 'between 1 and 1,000,000,000 micro-euro',
        })
        .meta({ description: 'At most 1,000 EUR a call.', example: '50000000' }),
    }),
    answer: {
      status: 201,
      words: 'On its way.',
      schema: z
        .object({ key: z.string().describe('Idempotency key of the chain intent.') })
        .meta({ id: 'FaucetAnswer' }),
    },
    errors: ['not-allowed', 'chain-unavailable'],
    idempotent: true,
  },
} as const satisfies Record<string, Contract>
