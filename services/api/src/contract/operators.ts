import { z } from 'zod'
import { webhookTypes } from '../operators/webhooks.ts'
import { timeZone } from './catalogue.ts'
import type { Contract } from './contract.ts'
import { address, amountMicro, hash, isoTime, party } from './schemas/primitives.ts'

const ofParty = z.strictObject({ party })
const webhookId = z.string().regex(/^wh_[A-Za-z0-9_-]{12}$/)
const webhook = z
  .object({ id: z.string(), url: z.string(), types: z.array(z.enum(webhookTypes)), createdAt: isoTime })
  .meta({ id: 'Webhook' })
const delivery = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'sent', 'failed']),
    tries: z.int(),
    createdAt: isoTime,
    nextAt: isoTime,
    status: z.exactOptional(z.int().describe('What the receiver answered last.')),
    problem: z.exactOptional(z.string()),
  })
  .meta({ id: 'Delivery' })
const figures = {
  sessions: z.int(),
  energyWh: z.number(),
  revenueMicro: amountMicro.describe('Settled, VAT included.'),
  dueMicro: amountMicro.describe('Ended, not settled yet.'),
  occupiedSeconds: z.int(),
  utilisation: z.number().min(0).max(1).describe('Share of the time in which a plug was occupied.'),
  faults: z.int(),
}

/** What operators see of their business, and who is told of it. */
export const operatorContracts = {
  getFigures: {
    summary: 'Revenue, energy, sessions, use and faults of my party over time',
    tag: 'parties',
    params: ofParty,
    query: z
      .strictObject({
        from: isoTime,
        to: isoTime,
        step: z.enum(['hour', 'day', 'month']).default('day'),
        timeZone: timeZone.default('Europe/Paris'),
      })
      .refine(({ from, to }) => from < to && Date.parse(to) - Date.parse(from) <= 400 * 86_400_000, {
        error: 'is not a span of at most 400 days',
        path: ['to'],
      }),
    answer: {
      status: 200,
      words: 'Steps in which something happened, and the sum. A charge counts where it ended.',
      schema: z
        .object({
          plugs: z.int(),
          total: z.object(figures),
          steps: z.array(
            z.object({ at: z.string().describe('Local: `2026-11-22`, `2026-11-22T13` or `2026-11`.'), ...figures }),
          ),
        })
        .meta({ id: 'Figures' }),
    },
    errors: ['not-found'],
  },
  listPartySessions: {
    summary: 'List the sessions at my party’s plugs',
    description: 'Newest first, without who charged.',
    tag: 'parties',
    params: ofParty,
    query: z.strictObject({
      from: isoTime.optional(),
      to: isoTime.optional(),
      evseId: z.string().max(60).optional(),
      limit: z
        .string()
        .regex(/^[1-9][0-9]{0,2}$/)
        .transform(Number)
        .optional()
        .transform((limit) => limit ?? 50),
      cursor: z.string().min(1).max(4096).optional(),
    }),
    answer: {
      status: 200,
      words: 'Sessions.',
      schema: z.object({
        items: z.array(
          z
            .object({
              id: hash,
              evseId: z.string(),
              locationName: z.string(),
              state: z.string(),
              door: z.string(),
              createdAt: isoTime,
              startedAt: z.exactOptional(isoTime),
              endedAt: z.exactOptional(isoTime),
              energyWh: z.number(),
              amountMicro,
              paidMicro: z.exactOptional(amountMicro),
            })
            .meta({ id: 'PartySession' }),
        ),
        next: z.exactOptional(z.string()),
      }),
    },
    errors: ['not-found'],
  },
  preparePayout: {
    summary: 'Prepare a withdrawal from the escrow',
    description:
      'Answers the call for the payout account’s wallet; nobody else can send it. A party may take what its charges earned less what it took; on a node of one party, all that is there.',
    tag: 'parties',
    params: ofParty,
    body: z.strictObject({
      amountMicro: amountMicro.optional().meta({ description: 'Default: all that is available.' }),
      to: address.optional().meta({ description: 'Default: the payout account itself.' }),
    }),
    answer: {
      status: 200,
      words: 'What is there, and the call.',
      schema: z
        .object({
          payee: address,
          creditMicro: amountMicro.describe('Of the payout account, all parties together.'),
          availableMicro: amountMicro.describe('Of it, what this party may take.'),
          earnedMicro: amountMicro.describe('By settled charges, ever.'),
          paidOutMicro: amountMicro.describe('Ever.'),
          amountMicro,
          chainId: z.int(),
          to: address.describe('The escrow.'),
          data: z.string(),
        })
        .meta({ id: 'Payout' }),
    },
    errors: ['not-found', 'credit-insufficient', 'chain-unavailable'],
  },
  listPayouts: {
    summary: 'List payouts of my party',
    description: '`prepared` until the chain tells of the withdrawal.',
    tag: 'parties',
    params: ofParty,
    answer: {
      status: 200,
      words: 'Newest first.',
      schema: z.object({
        items: z.array(
          z
            .object({
              amountMicro,
              to: address,
              preparedAt: isoTime,
              state: z.enum(['prepared', 'paid']),
              txHash: z.exactOptional(z.string()),
            })
            .meta({ id: 'PayoutEntry' }),
        ),
      }),
    },
    errors: ['not-found'],
  },
  createWebhook: {
    summary: 'Have events of my party posted to an address',
    description:
      'Signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, `webhook-signature`), at least once, retried for a day. The secret is told once.',
    tag: 'parties',
    params: ofParty,
    body: z.strictObject({ url: z.string().min(8).max(2_000), types: z.array(z.enum(webhookTypes)).min(1).max(4) }),
    answer: {
      status: 201,
      words: 'The webhook with its secret.',
      schema: webhook.extend({ secret: z.string() }).meta({ id: 'NewWebhook' }),
    },
    errors: ['not-found', 'too-large'],
  },
  listWebhooks: {
    summary: 'List my party’s webhooks',
    tag: 'parties',
    params: ofParty,
    answer: {
      status: 200,
      words: 'Webhooks without their secrets.',
      schema: z.object({ items: z.array(webhook) }),
    },
    errors: ['not-found'],
  },
  removeWebhook: {
    summary: 'Remove a webhook',
    tag: 'parties',
    params: z.strictObject({ party, webhookId }),
    answer: { status: 204, words: 'Nothing more is posted.' },
    errors: ['not-found'],
  },
  listDeliveries: {
    summary: 'See what was posted to a webhook',
    tag: 'parties',
    params: z.strictObject({ party, webhookId }),
    answer: { status: 200, words: 'Newest first, at most 200.', schema: z.object({ items: z.array(delivery) }) },
    errors: ['not-found'],
  },
  redeliver: {
    summary: 'Post something again',
    tag: 'parties',
    params: z.strictObject({ party, webhookId, deliveryId: z.string().min(1).max(300) }),
    answer: { status: 204, words: 'It is on its way.' },
    errors: ['not-found'],
  },
} as const satisfies Record<string, Contract>
