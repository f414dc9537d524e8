import { type EventType, type Quote, type SessionView, sessionStates } from '@werenode/core'
import { z } from 'zod'
import {
  address,
  amountMicro,
  connectorNumber,
  evseId,
  hash,
  isoTime,
  ocpiTariff,
  sessionId,
  signature,
} from './primitives.ts'
import { wireReceipt, wireTerms } from './terms.ts'

export const sessionState = z.enum(sessionStates).meta({ id: 'SessionState' })
const keyClass = z.enum(['STATION', 'GATEWAY'])
const suspended = z.enum(['EV', 'EVSE', 'no'])

export const quote = z
  .object({
    sessionId,
    terms: wireTerms,
    operatorSignature: signature,
    expiresAt: isoTime,
    tariff: ocpiTariff,
    timeZone: z.string(),
    evseId,
    locationName: z.string(),
    keyClass,
    meterCertified: z.boolean().describe('False must be shown before signing: the meter is not certified for billing.'),
    example: z.object({ energyWh: z.int(), durationS: z.int(), totalMicro: amountMicro }),
  })
  .meta({
    id: 'Quote',
    description: 'Price and terms, signed by the operator, to be signed by the driver.',
  }) satisfies z.ZodType<Quote>

export const sessionView = z
  .object({
    id: sessionId,
    state: sessionState,
    door: z.enum(['app', 'chain', 'card', 'roaming', 'free']),
    driver: address,
    evseId,
    connector: connectorNumber,
    stationId: z.string(),
    locationName: z.string(),
    meterCertified: z.boolean(),
    terms: wireTerms,
    createdAt: isoTime,
    startedAt: z.exactOptional(isoTime),
    endedAt: z.exactOptional(isoTime),
    energyWh: z.number(),
    powerW: z.number().nullable(),
    socPercent: z.number().nullable(),
    chargingSeconds: z.int(),
    idleSeconds: z.int(),
    suspended,
    stationOffline: z.boolean(),
    costMicro: amountMicro,
    limitMicro: amountMicro,
    stopReason: z.exactOptional(
      z.enum(['driver', 'station', 'unplugged', 'limit', 'operator', 'chain', 'fault', 'power-lost']),
    ),
    message: z.exactOptional(z.string()),
    flags: z.array(z.string()),
    receipt: z.exactOptional(wireReceipt),
    receiptSignature: z.exactOptional(signature),
    cosigned: z.boolean(),
    paidMicro: z.exactOptional(amountMicro),
    returnedMicro: z.exactOptional(amountMicro),
    transactions: z.object({
      open: z.exactOptional(hash),
      propose: z.exactOptional(hash),
      settle: z.exactOptional(hash),
      cancel: z.exactOptional(hash),
    }),
    tariff: ocpiTariff,
    timeZone: z.string(),
  })
  .meta({ id: 'Session', description: 'A charge. Energy in Wh, money in micro-euro.' }) satisfies z.ZodType<SessionView>

/** The envelope of every event in a stream (core/events.ts). */
export const eventEnvelope = (types: readonly EventType[], id: string) =>
  z
    .object({
      id: z.string(),
      type: z.enum(types as [EventType, ...EventType[]]),
      v: z.literal(1),
      at: isoTime,
      subject: z.string(),
      seq: z.int(),
      data: z.record(z.string(), z.unknown()),
    })
    .meta({ id, description: 'Event envelope; `seq` is the id of the server-sent event and resumes by Last-Event-ID.' })
