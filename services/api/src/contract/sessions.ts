import { z } from 'zod'
import { resumeHeaders } from './catalogue.ts'
import type { Contract } from './contract.ts'
import {
  address,
  amountMicro,
  connectorNumber,
  cursor,
  evseId,
  isoTime,
  pageLimit,
  sessionId,
  signature,
  unixSeconds,
} from './schemas/primitives.ts'
import { eventEnvelope, quote, sessionState, sessionView } from './schemas/sessions.ts'
import { fundingSource, wireTerms } from './schemas/terms.ts'

const byId = z.strictObject({ sessionId })
const theSession = { status: 200, words: 'The session as it is now.', schema: sessionView } as const

export const sessionEventTypes = [
  'session.state',
  'session.meter',
  'session.warning',
  'session.stopping',
  'session.receipt',
] as const

export const sessionContracts = {
  createQuote: {
    summary: 'Ask for price and terms of a charge',
    description: 'The driver is the signed-in address. Terms hold until `expiresAt`.',
    tag: 'sessions',
    body: z.strictObject({
      evseId,
      connector: connectorNumber.default(1),
      sessionKey: address.meta({
        description: 'Address of a key made on the device for this session; zero: no co-signing.',
      }),
      source: fundingSource.default('Credit'),
      maxAmountMicro: amountMicro.optional().meta({ description: 'The most to lock; default 25 EUR.' }),
    }),
    answer: { status: 201, words: 'Terms signed by the operator.', schema: quote },
    errors: [
      'not-found',
      'not-payable',
      'not-computable',
      'evse-occupied',
      'evse-unavailable',
      'station-offline',
      'credit-insufficient',
      'chain-unavailable',
    ],
    idempotent: true,
  },
  openSession: {
    summary: 'Open a session with signed terms',
    description: 'The same terms again answer the same session.',
    tag: 'sessions',
    body: z.strictObject({
      terms: wireTerms,
      operatorSignature: signature,
      driverSignature: signature,
      permit: z.exactOptional(z.strictObject({ deadline: unixSeconds, signature })),
    }),
    answer: { status: 201, words: 'The session; its deposit is on its way into the escrow.', schema: sessionView },
    errors: [
      'quote-expired',
      'quote-mismatch',
      'terms-refused',
      'signature-invalid',
      'evse-occupied',
      'evse-unavailable',
      'station-offline',
      'credit-insufficient',
      'chain-unavailable',
    ],
    idempotent: true,
  },
  listSessions: {
    summary: 'List my sessions',
    tag: 'sessions',
    query: z.strictObject({
      state: z
        .union([sessionState, z.array(sessionState).max(20)])
        .transform((one) => (Array.isArray(one) ? one : [one]))
        .optional()
        .meta({ description: 'State; may be repeated.' }),
      evseId: evseId.optional(),
      from: isoTime.optional().meta({ description: 'Created from then on.' }),
      to: isoTime.optional().meta({ description: 'Created before then.' }),
      limit: pageLimit(100, 20),
      cursor: cursor.optional(),
    }),
    answer: {
      status: 200,
      words: 'Newest first.',
      schema: z.object({ items: z.array(sessionView), next: z.exactOptional(z.string()) }).meta({ id: 'SessionPage' }),
    },
    errors: [],
  },
  getSession: {
    summary: 'See a session',
    tag: 'sessions',
    params: byId,
    answer: theSession,
    errors: ['not-found'],
  },
  stopSession: {
    summary: 'Stop a session',
    tag: 'sessions',
    params: byId,
    answer: theSession,
    errors: ['not-found', 'session-state'],
  },
  cosignSession: {
    summary: 'Co-sign the receipt with the session key',
    description: 'Recompute the amount from the tariff and the readings you saw before you sign (R22).',
    tag: 'sessions',
    params: byId,
    body: z.strictObject({ signature }),
    answer: theSession,
    errors: ['not-found', 'session-state', 'signature-invalid'],
  },
  topUpSession: {
    summary: 'Raise the limit of a running session',
    tag: 'sessions',
    params: byId,
    body: z.strictObject({
      newMaxMicro: amountMicro.meta({ description: 'The new limit in all, not the difference.' }),
      deadline: unixSeconds,
      signature,
    }),
    answer: theSession,
    errors: [
      'not-found',
      'session-state',
      'signature-invalid',
      'credit-insufficient',
      'terms-refused',
      'chain-unavailable',
    ],
    idempotent: true,
  },
  streamSession: {
    summary: 'Follow a session live',
    description:
      'Begins with an event `session.view` (the session as it is now, without an id) unless Last-Event-ID says where to go on.',
    tag: 'sessions',
    params: byId,
    headers: resumeHeaders,
    answer: {
      status: 200,
      words: 'Server-sent events.',
      events: eventEnvelope(sessionEventTypes, 'SessionEvent'),
    },
    errors: ['not-found'],
  },
} as const satisfies Record<string, Contract>
