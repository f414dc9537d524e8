import * as z from 'zod'
import { factorOf, isFlag, quantities, units } from './quantities.ts'
import { isWellFormedTemplate } from './template.ts'

const template = z.string().refine(isWellFormedTemplate, 'has a brace that is not closed or an unknown operation')
const seconds = z.number().positive().max(86_400)

/** One value in a message: where it stands, what it means, in which unit. */
const value = z
  .strictObject({
    quantity: z.enum(quantities),
    /** Dotted; '' is the whole payload. Of several the first that is there counts. */
    path: z.union([template, z.array(template).min(1)]).default(''),
    /** A unit, or `{variable}` where only the operator knows it. */
    unit: z.union([z.enum(units), z.string().regex(/^\{[a-zA-Z]+\}$/)]).optional(),
    /** What to take of an array: the plug's own channel, all of them added, or the highest. */
    array: z.enum(['channel', 'sum', 'max']).default('channel'),
    /** A figure that is no array is the whole device's, and so nobody's on a device with several outlets. */
    shared: z.boolean().default(false),
    /** Words of the device and what they mean, compared without case; `*` is any other. `null` says nothing. Keys may be `{variable}`. */
    is: z.record(z.string(), z.union([z.boolean(), z.string(), z.number(), z.null()])).optional(),
  })
  .superRefine((told, context) => {
    const fixedUnit = told.unit !== undefined && !told.unit.startsWith('{')
    if (fixedUnit && factorOf(told.quantity, told.unit!) === undefined)
      context.addIssue({ code: 'custom', message: `${told.unit} is no unit of ${told.quantity}` })
    if (['energy', 'power', 'voltage', 'current', 'temperature'].includes(told.quantity) && told.unit === undefined)
      context.addIssue({ code: 'custom', message: `${told.quantity} needs a unit` })
    if ((isFlag(told.quantity) || told.quantity === 'fault') && told.is === undefined)
      context.addIssue({ code: 'custom', message: `${told.quantity} needs "is": which words mean what` })
  })

const message = z.strictObject({
  topic: template,
  values: z.array(value).min(1),
  /** Left out when a variable it needs is not given. */
  optional: z.boolean().default(false),
})

const publish = z.strictObject({
  topic: template,
  /** Text, or an object whose texts are templates; a text that is one template alone becomes a number where it can. */
  payload: z.union([template, z.record(z.string(), z.unknown())]).default(''),
  optional: z.boolean().default(false),
})
const publishes = z.array(publish)

const variable = z.strictObject({
  label: z.string().min(1),
  example: z.string().optional(),
  default: z.string().optional(),
  optional: z.boolean().default(false),
  /** Allowed answers, e.g. units. */
  oneOf: z.array(z.string()).optional(),
  /** May hold `/` and, for payloads, any character. */
  kind: z.enum(['level', 'topic', 'text']).default('topic'),
})

/**
 * How one family of devices speaks MQTT. Nothing but data: a new family is a new file. Templates hold `{variable}`; besides the
 * profile's own variables there are plugId, channel (from 1), channel0 (from 0), deadManS, intervalS, limitWh, limitA, elapsedS,
 * requestId, and, in onboarding texts, host, port, username, password.
 */
export const deviceProfile = z.strictObject({
  family: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  title: z.string().min(1),
  /** Public documentation the profile was written from. */
  documentation: z.array(z.string()).default([]),
  /** What is not certain or needs care. */
  notes: z.array(z.string()).default([]),
  kind: z.enum(['plug', 'evse']).default('plug'),
  variables: z.record(z.string().regex(/^[a-zA-Z]+$/), variable).default({}),
  /** Variables made of others by replacing text, e.g. Tasmota's FullTopic. */
  derived: z
    .record(
      z.string().regex(/^[a-zA-Z]+$/),
      z.strictObject({ from: template, replace: z.record(z.string(), template).default({}) }),
    )
    .default({}),
  reads: z.array(message).min(1),
  commands: z.strictObject({
    on: publishes.min(1),
    off: publishes.min(1),
    /** Arms the dead-man timer again while the supply is on. */
    refresh: publishes.default([]),
    /** Asks for a reading now. */
    poll: publishes.default([]),
    /** Sets the interval of reports, `{intervalS}`. */
    report: publishes.default([]),
    /** Sent when the device appears: never on after a power cut. */
    safe: publishes.default([]),
    /** Caps the current, `{limitA}`; EVSEs only. */
    limit: publishes.default([]),
  }),
  counter: z
    .strictObject({
      /** What sets the counter back, in words for the operator. */
      resets: z.string().optional(),
      wrapsAtWh: z.number().positive().optional(),
      /** Smallest step, Wh. */
      resolutionWh: z.number().positive().default(1),
    })
    .default({ resolutionWh: 1 }),
  deadMan: z.strictObject({
    /** `device`: armed by command; `settings`: set once on the device by its owner; `none`: it has no such timer. */
    kind: z.enum(['device', 'settings', 'none']),
    /** Seconds of supply without a word from us. */
    s: seconds.default(900),
    /** Does the device keep to an energy limit (`{limitWh}`) by itself? */
    energyLimit: z.boolean().default(false),
  }),
  report: z.strictObject({ idleS: seconds, chargingS: seconds }).default({ idleS: 300, chargingS: 30 }),
  safety: z
    .strictObject({ maxTemperatureC: z.number().default(80), overPowerFactor: z.number().min(1).default(1.1) })
    .default({ maxTemperatureC: 80, overPowerFactor: 1.1 }),
  load: z
    .strictObject({
      /** Below this nothing is connected. */
      unpluggedW: z.number().nonnegative().default(1),
      /** Below this the vehicle takes no charge. */
      idleW: z.number().nonnegative().default(20),
      unpluggedAfterS: seconds.default(60),
      fullAfterS: seconds.default(300),
      /** Nothing was ever drawn. */
      noLoadAfterS: seconds.default(600),
      /** Between "full" and the end of the session. */
      idleGraceS: z.number().nonnegative().max(86_400).default(900),
    })
    .default({
      unpluggedW: 1,
      idleW: 20,
      unpluggedAfterS: 60,
      fullAfterS: 300,
      noLoadAfterS: 600,
      idleGraceS: 900,
    }),
  /** Beside what it reads and is told: topics the device's firmware uses by itself. */
  access: z
    .strictObject({ publish: z.array(template).default([]), subscribe: z.array(template).default([]) })
    .default({ publish: [], subscribe: [] }),
  onboarding: z
    .strictObject({
      /** Settings to type, in order. */
      settings: z.array(z.strictObject({ label: z.string(), value: template })).default([]),
      /** One command to paste, and where. */
      command: z.strictObject({ where: z.string(), text: template }).optional(),
      /** What must be done by hand to be safe. */
      warnings: z.array(z.string()).default([]),
    })
    .default({ settings: [], warnings: [] }),
})

export type DeviceProfile = z.infer<typeof deviceProfile>
export type ProfileMessage = DeviceProfile['reads'][number]
export type ProfileValue = ProfileMessage['values'][number]
export type ProfilePublish = DeviceProfile['commands']['on'][number]
export type CommandName = keyof DeviceProfile['commands']
