import type {
  ChargingStationSetup,
  ChargingStationView,
  DepartureTarget,
  FirmwareCampaignView,
  QueuedStationMessage,
  StationFact,
  StationFrame,
  StationOrphan,
  StationSetting,
  StationSignedValues,
  StationSiteEvse,
  StationSiteView,
  StationTransaction,
} from '@werenode/core'
import { z } from 'zod'
import { hash, isoTime, party } from './primitives.ts'

export const stationId = z
  .string()
  .regex(/^[A-Za-z0-9*\-_=:+|@.]{1,48}$/)
  .meta({ id: 'StationId', description: 'As the station sends it at the end of its connection URL.', example: 'CP-7' })

const version = z.enum(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'])
const securityProfile = z
  .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
  .describe('0 none (private networks only), 1 password over ws, 2 password over TLS, 3 client certificate.')
const json = z.record(z.string(), z.unknown())

/** What an operator decides about a station; all of it may be left out. */
export const stationSettings = {
  label: z.exactOptional(z.string().trim().min(1).max(100)),
  securityProfile: z.exactOptional(securityProfile),
  organisation: z.exactOptional(
    z.string().min(1).max(100).describe('Profile 3: what the O of its certificate must be.'),
  ),
  strict: z.exactOptional(z.boolean().describe('Refuse what breaks the schema instead of mending it.')),
  defaultVersion: z.exactOptional(version.describe('For a station that names no sub-protocol.')),
  meterIntervalS: z.exactOptional(z.int().min(1).max(3_600)),
  noPing: z.exactOptional(z.boolean()),
  wholeSeconds: z.exactOptional(z.boolean().describe('It cannot read fractions of a second.')),
  maxPowerW: z.exactOptional(z.int().min(100).max(2_000_000)),
  meterKeys: z.exactOptional(
    z
      .record(z.string().regex(/^[1-9][0-9]{0,2}$/), z.string().max(2_000))
      .describe('Public key of the meter of each EVSE, by its number: PEM, DER or the bare point.'),
  ),
}

export const stationTransaction = z
  .object({
    transactionId: z.string(),
    evse: z.int(),
    connector: z.int(),
    state: z.enum(['open', 'ended']),
    startedAt: isoTime,
    startWh: z.exactOptional(z.number()),
    endedAt: z.exactOptional(isoTime),
    endWh: z.exactOptional(z.number()),
    reason: z.exactOptional(z.string()),
    sessionId: z.exactOptional(z.string()),
    offline: z.boolean(),
    estimated: z.boolean().describe('Closed on the last meter value; the station may still tell the true end.'),
    flags: z.array(z.string()),
  })
  .meta({
    id: 'StationTransaction',
    description: 'A transaction as the station told it.',
  }) satisfies z.ZodType<StationTransaction>

export const station = z
  .object({
    stationId: z.string(),
    party,
    label: z.exactOptional(z.string()),
    securityProfile,
    organisation: z.exactOptional(z.string()),
    strict: z.boolean(),
    blocked: z.boolean(),
    defaultVersion: z.exactOptional(version),
    meterIntervalS: z.number(),
    noPing: z.boolean(),
    wholeSeconds: z.boolean(),
    maxPowerW: z.exactOptional(z.number()),
    meterKeys: z.array(z.string()).describe('EVSEs whose meter’s public key is known.'),
    passwords: z.int().describe('That open the door: two while one is exchanged for another.'),
    createdAt: isoTime,
    connected: z.boolean(),
    link: z.exactOptional(
      z.object({
        version,
        connectedAt: isoTime,
        disconnectedAt: z.exactOptional(isoTime),
        reason: z.exactOptional(z.string()),
        remoteAddress: z.exactOptional(z.string()),
        boot: z.exactOptional(
          z.object({
            at: isoTime,
            vendor: z.string(),
            model: z.string(),
            serial: z.exactOptional(z.string()),
            firmware: z.exactOptional(z.string()),
            meterType: z.exactOptional(z.string()),
            meterSerial: z.exactOptional(z.string()),
            reason: z.exactOptional(z.string()),
          }),
        ),
      }),
    ),
    connectors: z.array(
      z.object({
        evse: z.int(),
        connector: z.int(),
        status: z.enum([
          'Available',
          'Preparing',
          'Charging',
          'SuspendedEV',
          'SuspendedEVSE',
          'Finishing',
          'Reserved',
          'Unavailable',
          'Faulted',
          'Occupied',
        ]),
        at: isoTime,
        errorCode: z.exactOptional(z.string()),
      }),
    ),
    running: z.array(stationTransaction),
  })
  .meta({ id: 'Station', description: 'A charging station over OCPP.' }) satisfies z.ZodType<ChargingStationView>

export const stationSetup = z
  .object({
    station,
    url: z.string().describe('What the station connects to; its identity is appended.'),
    user: z.exactOptional(z.string()),
    password: z.exactOptional(z.string().describe('Shown once.')),
    warnings: z.array(z.string()).describe('What must be done by hand to be safe.'),
  })
  .meta({
    id: 'StationSetup',
    description: 'What is typed into a new station.',
  }) satisfies z.ZodType<ChargingStationSetup>

export const stationFrame = z
  .object({ at: isoTime, direction: z.enum(['in', 'out']), text: z.string().describe('The frame, without secrets.') })
  .meta({ id: 'StationFrame' }) satisfies z.ZodType<StationFrame>

export const queuedStationMessage = z
  .object({
    id: z.string(),
    action: z.string(),
    payload: json,
    queuedAt: isoTime,
    expiresAt: isoTime,
    state: z.enum(['waiting', 'sent', 'answered', 'failed', 'expired', 'withdrawn']),
    answer: z.exactOptional(json),
    why: z.exactOptional(z.string()),
  })
  .meta({
    id: 'QueuedStationMessage',
    description: 'Sent when the station comes back before it expires.',
  }) satisfies z.ZodType<QueuedStationMessage>

export const stationSetting = z
  .object({
    key: z.string(),
    value: z.exactOptional(z.string().describe('Absent where it is secret or was never read.')),
    secret: z.boolean(),
    readonly: z.boolean(),
    rebootRequired: z.boolean().describe('It holds after the next boot.'),
    at: isoTime,
  })
  .meta({
    id: 'StationSetting',
    description: 'A configuration key (1.6) or variable (2.x), as the station last confirmed it.',
  }) satisfies z.ZodType<StationSetting>

export const stationFact = z
  .object({ key: z.string(), value: z.unknown(), at: isoTime })
  .meta({ id: 'StationFact' }) satisfies z.ZodType<StationFact>

export const stationOrphan = z
  .object({
    transactionId: z.string(),
    message: z.string(),
    receivedAt: isoTime,
    payload: z.exactOptional(z.unknown()),
  })
  .meta({ id: 'StationOrphan' }) satisfies z.ZodType<StationOrphan>

export const stationSignedValues = z
  .object({
    items: z.array(
      z.object({
        at: isoTime,
        context: z.exactOptional(z.string()),
        original: z.string().describe('Verbatim.'),
        verdict: z.enum(['valid', 'invalid', 'unverified']),
        key: z.exactOptional(z.enum(['pinned', 'carried'])),
        registerWh: z.exactOptional(z.number()),
        why: z.exactOptional(z.string()),
      }),
    ),
    root: z.exactOptional(hash.describe('Merkle root over the originals.')),
  })
  .meta({ id: 'StationSignedValues' }) satisfies z.ZodType<StationSignedValues>

export const firmwareCampaign = z
  .object({
    campaignId: z.string(),
    firmwareId: z.exactOptional(z.string()),
    url: z.exactOptional(z.string()),
    signed: z.boolean(),
    parallel: z.int(),
    paused: z.boolean(),
    createdAt: isoTime,
    progress: z.object({ waiting: z.int(), running: z.int(), done: z.int(), failed: z.int() }),
    steps: z.array(
      z.object({
        stationId: z.string(),
        state: z.enum(['waiting', 'running', 'done', 'failed']),
        status: z.exactOptional(z.string().describe('The station’s own last word.')),
        why: z.exactOptional(z.string()),
        attempts: z.int(),
      }),
    ),
  })
  .meta({ id: 'FirmwareCampaign' }) satisfies z.ZodType<FirmwareCampaignView>

const watts = z.int().min(1).max(10_000_000)

export const stationSiteEvse = z
  .strictObject({
    stationId,
    evse: z.int().min(1).max(1_000),
    maxW: watts.describe('Most its connector gives, W.'),
    minW: z.exactOptional(watts.describe('Least that charges a car there, W; default 6 A.')),
  })
  .meta({ id: 'StationSiteEvse' }) satisfies z.ZodType<StationSiteEvse>

export const departureTarget = z
  .object({ energyWh: z.int().min(1).max(1_000_000), departAt: isoTime })
  .meta({ id: 'DepartureTarget' }) satisfies z.ZodType<DepartureTarget>

export const stationSite = z
  .object({
    siteId: z.string(),
    limitW: z.int(),
    grantedW: z.int().describe('Sum of what is granted, W.'),
    evses: z.array(
      z.object({
        stationId: z.string(),
        evse: z.int(),
        maxW: z.int(),
        minW: z.int(),
        grantedW: z.int().describe('Its share, W. A station that is away keeps it.'),
        connected: z.boolean(),
        charging: z.boolean(),
        target: z.exactOptional(departureTarget),
      }),
    ),
  })
  .meta({ id: 'StationSite' }) satisfies z.ZodType<StationSiteView>
