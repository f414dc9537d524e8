import type {
  PlugAlarm,
  PlugFamilyView,
  PlugLive,
  PlugReading,
  PlugRecording,
  PlugRecordingStart,
  PlugSetup,
  PlugView,
} from '@werenode/core'
import { z } from 'zod'
import { isoTime, party } from './primitives.ts'

const method = z
  .enum(['counter', 'integrated'])
  .describe("From the device's counter, or power added up over time where it has none.")
const figures = {
  powerW: z.exactOptional(z.number()),
  voltageV: z.exactOptional(z.number()),
  currentA: z.exactOptional(z.number()),
  temperatureC: z.exactOptional(z.number()),
  linkQuality: z.exactOptional(z.number().describe('As the device tells it: dBm, or its own scale.')),
  on: z.exactOptional(z.boolean()),
}

export const plugId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,48}$/)
  .meta({ id: 'PlugId', description: 'Chosen by the operator; also the id of the station.', example: 'GARAGE-LEFT' })

export const plugLive = z
  .object({
    plugId: z.string(),
    online: z.boolean(),
    status: z.exactOptional(
      z.enum([
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
    ),
    heardAt: z.exactOptional(isoTime.describe('Last time anything was heard; absent: never.')),
    registerWh: z.exactOptional(z.number().describe('Absent before the first reading.')),
    method,
    ...figures,
    plugged: z.exactOptional(z.boolean()),
    fault: z.exactOptional(z.string()),
    meterCertified: z.literal(false),
  })
  .meta({ id: 'PlugLive', description: 'What a plug last told.' }) satisfies z.ZodType<PlugLive>

export const plug = z
  .object({
    plugId: z.string(),
    label: z.exactOptional(z.string()),
    party: z.exactOptional(party),
    family: z.string(),
    variables: z.record(z.string(), z.string()),
    channel: z.exactOptional(z.union([z.int(), z.literal('all')])),
    credentialId: z.string(),
    ratedPowerW: z.number(),
    operative: z.boolean(),
    createdAt: isoTime,
    live: plugLive,
  })
  .meta({ id: 'Plug', description: 'A smart plug or small EVSE over MQTT.' }) satisfies z.ZodType<PlugView>

export const plugSetup = z
  .object({
    plug,
    username: z.string(),
    password: z.exactOptional(z.string().describe('Shown once. Absent: the credential keeps the one it has.')),
    settings: z
      .array(z.object({ label: z.string(), value: z.string() }))
      .describe('To type into the device, in order.'),
    command: z.exactOptional(z.object({ where: z.string(), text: z.string() }).describe('The same to paste.')),
    warnings: z.array(z.string()).describe('What must be done by hand to be safe.'),
  })
  .meta({ id: 'PlugSetup', description: 'How the device of a new plug is set up.' }) satisfies z.ZodType<PlugSetup>

export const plugReading = z
  .object({
    at: isoTime,
    registerWh: z.number(),
    method,
    counterWh: z.exactOptional(z.number()),
    ...figures,
    transactionId: z.exactOptional(z.string()),
    flags: z.array(z.string()),
  })
  .meta({ id: 'PlugReading' }) satisfies z.ZodType<PlugReading>

export const plugAlarm = z
  .object({
    kind: z.string(),
    plugId: z.string(),
    at: isoTime,
    detail: z.string(),
    address: z.string(),
    count: z.int(),
  })
  .meta({ id: 'PlugAlarm' }) satisfies z.ZodType<PlugAlarm>

export const plugFamily = z
  .object({
    family: z.string(),
    title: z.string(),
    kind: z.enum(['plug', 'evse']),
    documentation: z.array(z.string()),
    notes: z.array(z.string()),
    deadMan: z.enum(['device', 'settings', 'none']),
    variables: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        example: z.exactOptional(z.string()),
        default: z.exactOptional(z.string()),
        optional: z.boolean(),
        oneOf: z.exactOptional(z.array(z.string())),
      }),
    ),
  })
  .meta({
    id: 'PlugFamily',
    description: 'A family of devices and what must be known of one.',
  }) satisfies z.ZodType<PlugFamilyView>

export const plugRecordingStart = z
  .object({ recordingId: z.string(), username: z.string(), password: z.string(), endsAt: isoTime })
  .meta({ id: 'PlugRecordingStart' }) satisfies z.ZodType<PlugRecordingStart>

export const plugRecording = z
  .object({
    recordingId: z.string(),
    done: z.boolean(),
    heard: z.array(z.object({ topic: z.string(), payload: z.string(), count: z.int() })),
    suggestions: z
      .array(z.object({ family: z.string(), variables: z.record(z.string(), z.string()), understood: z.int() }))
      .describe('Families that read these messages, the best first.'),
    draft: z.exactOptional(z.record(z.string(), z.unknown()).describe('A profile to complete, where no family fits.')),
    questions: z.array(z.string()).describe('What a person must decide before the draft may meter anything.'),
  })
  .meta({ id: 'PlugRecording' }) satisfies z.ZodType<PlugRecording>
