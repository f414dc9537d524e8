import { bindDevice } from '../profile/device.ts'
import { shippedProfiles } from '../profile/families.ts'
import { interpret } from '../profile/interpret.ts'
import { parsePayload } from '../profile/payload-path.ts'
import type { DeviceProfile } from '../profile/schema.ts'
import { isDiscovery, readDiscovery } from './discovery.ts'

export interface Draft {
  /** Families whose profile reads these messages, the best first. */
  readonly suggestions: readonly {
    readonly family: string
    readonly variables: Readonly<Record<string, string>>
    /** Messages it understood. */
    readonly understood: number
  }[]
  /** A profile to complete, for a device no family fits; a start, not a promise. */
  readonly draft: Readonly<Record<string, unknown>> | undefined
  /** What a person must decide before the draft may meter anything. */
  readonly questions: readonly string[]
}

interface Message {
  readonly topic: string
  readonly payload: string
}

/** Makes of a device's traffic what can be made without guessing units: those are asked for. */
export const draftProfile = (prefix: string, heard: readonly Message[]): Draft => {
  const suggestions = [...fromDiscovery(heard), ...fromFamilies(prefix, heard)].sort(
    (a, b) => b.understood - a.understood,
  )
  if (suggestions.length > 0) return { suggestions, draft: undefined, questions: [] }
  return { suggestions, ...fromScratch(prefix, heard) }
}

const fromDiscovery = (heard: readonly Message[]): Draft['suggestions'] => {
  const configs = heard
    .filter(({ topic }) => isDiscovery(topic))
    .map(({ topic, payload }) => ({ topic, payload: Buffer.from(payload) }))
  const found = configs.length === 0 ? undefined : readDiscovery(configs)
  return found ? [{ family: 'generic', variables: found.variables, understood: configs.length }] : []
}

/** The one variable by which each family's topics are told apart, and how to find it in a topic. */
const signatures: readonly {
  family: string
  pattern: RegExp
  variables: (match: RegExpExecArray) => Record<string, string>
}[] = [
  {
    family: 'tasmota',
    pattern: /^tele\/([^/]+)\/(?:SENSOR|STATE|LWT)$/,
    variables: ([, topic]) => ({ topic: topic! }),
  },
  { family: 'shelly-gen1', pattern: /^shellies\/([^/]+)\/relay\/\d/, variables: ([, id]) => ({ id: id! }) },
  {
    family: 'shelly-gen2',
    pattern: /^(.+)\/(?:events\/rpc|status\/switch:\d+)$/,
    variables: ([, prefix]) => ({ prefix: prefix! }),
  },
  {
    family: 'zigbee2mqtt',
    pattern: /^(zigbee2mqtt)\/(?!bridge\/)(.+?)(?:\/availability)?$/,
    variables: ([, base, name]) => ({ base: base!, name: name! }),
  },
  {
    family: 'openevse',
    pattern: /^(.+)\/(?:session_energy|total_energy|pilot)$/,
    variables: ([, base]) => ({ base: base! }),
  },
  {
    family: 'go-e',
    pattern: /^(\/?[^/]+)\/(\d{4,})\/(?:car|nrg|eto)$/,
    variables: ([, prefix, serial]) => ({ prefix: prefix!, serial: serial! }),
  },
]

const fromFamilies = (prefix: string, heard: readonly Message[]): Draft['suggestions'] => {
  const found = new Map<string, Draft['suggestions'][number]>()
  for (const { family, pattern, variables } of signatures)
    for (const { topic } of heard) {
      const match = pattern.exec(topic)
      const chosen = match && variables(match)
      const key = JSON.stringify([family, chosen])
      if (!chosen || found.has(key)) continue
      const understood = understoodBy(shippedProfiles.get(family)!, chosen, heard)
      if (understood > 0) found.set(key, { family, variables: chosen, understood })
    }
  const isEsphome = heard.some(({ topic }) => topic.startsWith(`${prefix}/switch/`))
  if (isEsphome && found.size === 0) {
    const relay = heard.flatMap(({ topic }) => /\/switch\/([^/]+)\/state$/.exec(topic)?.[1] ?? [])[0]
    const power = heard.flatMap(({ topic }) => /\/sensor\/([^/]*power[^/]*)\/state$/.exec(topic)?.[1] ?? [])[0]
    if (relay !== undefined && power !== undefined) {
      const chosen = { prefix, switch: relay, power }
      const understood = understoodBy(shippedProfiles.get('esphome')!, chosen, heard)
      found.set('esphome', { family: 'esphome', variables: chosen, understood })
    }
  }
  return [...found.values()]
}

const understoodBy = (profile: DeviceProfile, variables: Record<string, string>, heard: readonly Message[]): number => {
  const device = bindDevice(profile, { plugId: 'draft', variables })
  return heard.filter(({ topic, payload }) => interpret(device, topic, Buffer.from(payload)) !== undefined).length
}

const words = {
  power: /(^|[._/-])(a?power|watt|w|load)$/i,
  energy: /(^|[._/-])(energy|total|kwh|wh|consumption|counter)$/i,
  voltage: /(^|[._/-])(voltage|volt|u)$/i,
  current: /(^|[._/-])(current|amp(ere)?s?|i)$/i,
  temperature: /(^|[._/-])(temp(erature)?)$/i,
} as const
const safeUnits = { power: 'W', voltage: 'V', current: 'A', temperature: 'C' } as const

interface DraftValue {
  readonly quantity: string
  readonly path: string
  readonly unit?: string
  readonly is?: Readonly<Record<string, boolean>>
}

const fromScratch = (prefix: string, heard: readonly Message[]): Pick<Draft, 'draft' | 'questions'> => {
  const questions: string[] = []
  const reads = heard.flatMap(({ topic, payload }) => {
    const values = leaves(parsePayload(Buffer.from(payload))).flatMap(([path, value]): readonly DraftValue[] => {
      const name = path === '' ? topic : path
      if (isWord(value)) {
        if (!/(state|relay|switch|output|power|on)$/i.test(name)) return []
        return [
          {
            quantity: 'on',
            path,
            is: value === true || value === false ? { true: true, false: false } : { ON: true, OFF: false },
          },
        ]
      }
      if (!Number.isFinite(Number(value)) || value === '') return []
      const quantity = (Object.keys(words) as (keyof typeof words)[]).find((candidate) => words[candidate].test(name))
      if (quantity === undefined) return []
      if (quantity === 'energy') {
        questions.push(
          `${topic}${path === '' ? '' : ` (${path})`} shows ${value}: is that Wh or kWh, and does it only rise?`,
        )
        return [{ quantity, path, unit: '{energyUnit}' }]
      }
      return [{ quantity, path, unit: safeUnits[quantity] }]
    })
    return values.length === 0 ? [] : [{ topic: topic.replace(prefix, '{prefix}'), values }]
  })
  if (reads.length === 0)
    return { draft: undefined, questions: [`Nothing under ${prefix} looks like a meter or a switch.`] }
  const told = new Set(reads.flatMap(({ values }) => values.map(({ quantity }) => quantity)))
  if (!told.has('on')) questions.push('Which topic tells whether it is on?')
  if (!told.has('power')) questions.push('Which topic tells its power, and in which unit?')
  questions.push('Which topic switches it, with which words?', 'What ends the supply when we cannot be reached?')
  return {
    questions,
    draft: {
      family: `my-${prefix
        .replaceAll(/[^a-z0-9]+/gi, '-')
        .toLowerCase()
        .slice(0, 30)}`,
      title: prefix,
      variables: {
        prefix: { label: 'Topic of the device', default: prefix },
        ...(told.has('energy') ? { energyUnit: { label: 'Unit of energy', oneOf: ['Wh', 'kWh'] } } : {}),
      },
      reads,
      commands: {
        on: [{ topic: '{prefix}/set', payload: 'ON' }],
        off: [{ topic: '{prefix}/set', payload: 'OFF' }],
      },
      deadMan: { kind: 'settings', s: 900 },
    },
  }
}

const isWord = (value: unknown): boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && /^(on|off|true|false)$/i.test(value))

/** Every single value with its path; arrays by their first member. */
const leaves = (value: unknown, path = '', depth = 0): readonly (readonly [string, unknown])[] => {
  if (value === null || typeof value !== 'object') return [[path, value]]
  if (depth > 5) return []
  const entries = Array.isArray(value) ? value.slice(0, 1).map((part) => ['0', part] as const) : Object.entries(value)
  return entries.flatMap(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`, depth + 1))
}
