import { WerenodeError } from '@werenode/core'
import { pathParts } from './payload-path.ts'
import { factorOf, type Quantity } from './quantities.ts'
import type { CommandName, DeviceProfile, ProfileValue } from './schema.ts'
import { fill, fillPayload, MissingVariable, namesIn, type Values } from './template.ts'

/** A value of a message, ready to be read. */
export interface Reader {
  readonly quantity: Quantity
  readonly paths: readonly (readonly string[])[]
  readonly factor: number
  readonly array: 'channel' | 'sum' | 'max'
  readonly shared: boolean
  /** Lower-case words of the device. */
  readonly is: ReadonlyMap<string, boolean | string | number | null> | undefined
}

export interface Publish {
  readonly topic: string
  readonly payload: string
}

/** A profile bound to one device: its variables filled in. */
export interface Device {
  readonly plugId: string
  readonly profile: DeviceProfile
  readonly values: Values
  /** Channel from 0, or `all` for one meter over all phases. */
  readonly channel: number | 'all'
  /** The device has several outlets. */
  readonly isMultiChannel: boolean
  /** Topic to what is read from it. */
  readonly reads: ReadonlyMap<string, readonly Reader[]>
  /** Topics its commands go to. */
  readonly commandTopics: readonly string[]
  readonly canRead: ReadonlySet<Quantity>
  command(name: CommandName, more: Values): readonly Publish[]
}

export interface DeviceSettings {
  readonly plugId: string
  readonly variables: Readonly<Record<string, string>>
  /** From 1; `all` adds the phases of one meter. Default 1. */
  readonly channel?: number | 'all' | undefined
  /** Outlets of the device. Default 1. */
  readonly channels?: number | undefined
}

/** Binds a profile to a device. Throws `invalid-input` when a variable is missing or could widen what the device may do. */
export const bindDevice = (profile: DeviceProfile, settings: DeviceSettings): Device => {
  const { plugId } = settings
  const values = allValues(profile, settings)
  const reads = new Map<string, Reader[]>()
  for (const message of profile.reads) {
    const topic = fill(message.topic, values)
    if (topic === undefined) {
      if (message.optional) continue
      throw missing(plugId, message.topic, values)
    }
    const readers = message.values.flatMap((value) => {
      const reader = readerOf(value, values, plugId)
      if (reader === undefined && !message.optional) throw missing(plugId, JSON.stringify(value), values)
      return reader === undefined ? [] : [reader]
    })
    reads.set(topic, [...(reads.get(topic) ?? []), ...readers])
  }
  const command = (name: CommandName, more: Values): readonly Publish[] =>
    profile.commands[name].flatMap((publish) => {
      const all = { ...values, ...more }
      const topic = fill(publish.topic, all)
      try {
        if (topic === undefined) throw new MissingVariable(publish.topic)
        const payload = fillPayload(publish.payload, all)
        return [{ topic, payload: typeof payload === 'object' ? JSON.stringify(payload) : String(payload) }]
      } catch (error) {
        if (!(error instanceof MissingVariable)) throw error
        if (publish.optional) return []
        throw missing(plugId, publish.topic + JSON.stringify(publish.payload), all)
      }
    })
  const commandTopics = Object.values(profile.commands)
    .flat()
    .flatMap(({ topic }) => fill(topic, values) ?? [])
  return {
    plugId,
    profile,
    values,
    channel: settings.channel === 'all' ? 'all' : (settings.channel ?? 1) - 1,
    isMultiChannel: (settings.channels ?? 1) > 1,
    reads,
    commandTopics: [...new Set(commandTopics)],
    canRead: new Set([...reads.values()].flat().map((reader) => reader.quantity)),
    command,
  }
}

const allValues = (profile: DeviceProfile, settings: DeviceSettings): Values => {
  const { plugId, variables } = settings
  const values: Record<string, string | number> = { plugId }
  const unknown = Object.keys(variables).find((name) => !Object.hasOwn(profile.variables, name))
  if (unknown !== undefined)
    throw new WerenodeError('invalid-input', `${profile.title} has no setting "${unknown.slice(0, 40)}"`, {
      hint: `It has ${Object.keys(profile.variables).join(', ')}.`,
    })
  for (const [name, variable] of Object.entries(profile.variables)) {
    const value = Object.hasOwn(variables, name) && variables[name] !== '' ? variables[name] : variable.default
    if (value === undefined) {
      if (variable.optional) continue
      throw new WerenodeError('invalid-input', `Plug ${plugId} needs "${name}": ${variable.label}`, {
        ...(variable.example === undefined ? {} : { hint: `For example ${variable.example}` }),
        data: { variable: name },
      })
    }
    checkVariable(plugId, name, value, variable)
    values[name] = value
  }
  const channel = settings.channel === 'all' ? 1 : (settings.channel ?? 1)
  if (!Number.isInteger(channel) || channel < 1 || channel > 64)
    throw new WerenodeError('invalid-input', `Channel ${channel} of plug ${plugId} is not from 1 to 64`)
  values.channel = channel
  values.channel0 = channel - 1
  for (const [name, { from, replace }] of Object.entries(profile.derived)) {
    let text = fill(from, values)
    if (text === undefined) continue
    for (const [what, by] of Object.entries(replace)) text = text.replaceAll(what, fill(by, values) ?? '')
    values[name] = text
  }
  return values
}

/** A wildcard in a variable would open other devices' topics to this one. */
const checkVariable = (
  plugId: string,
  name: string,
  value: string,
  { kind, oneOf, label }: DeviceProfile['variables'][string],
): void => {
  const refuse = (why: string): never => {
    throw new WerenodeError('invalid-input', `"${value.slice(0, 60)}" cannot be ${name} of plug ${plugId}: ${why}`, {
      hint: label,
      data: { variable: name },
    })
  }
  if (value.length > 200) refuse('it is longer than 200 characters')
  if (oneOf && !oneOf.includes(value)) refuse(`it must be one of ${oneOf.join(', ')}`)
  if (kind === 'text') return
  if (/[+#\p{Cc}]/u.test(value)) refuse('+, # and control characters have a meaning of their own in topics')
  if (value.startsWith('$')) refuse('topics beginning with $ belong to the broker')
  if (kind === 'level' && value.includes('/')) refuse('it is one level of a topic, without /')
}

const readerOf = (value: ProfileValue, values: Values, plugId: string): Reader | undefined => {
  const paths = [value.path].flat().map((path) => fill(path, values))
  if (paths.includes(undefined)) return undefined
  const unit = value.unit === undefined ? undefined : fill(value.unit, values)
  if (value.unit !== undefined && unit === undefined) return undefined
  const factor = unit === undefined ? 1 : factorOf(value.quantity, unit)
  if (factor === undefined)
    throw new WerenodeError('invalid-input', `${unit} is no unit of ${value.quantity} (plug ${plugId})`, {
      data: { variable: value.unit!.slice(1, -1) },
    })
  const words = value.is && Object.entries(value.is).map(([word, means]) => [fill(word, values), means] as const)
  if (words?.some(([word]) => word === undefined)) return undefined
  return {
    quantity: value.quantity,
    paths: (paths as string[]).map(pathParts),
    factor,
    array: value.array,
    shared: value.shared,
    is: words && new Map(words.map(([word, means]) => [word!.toLowerCase(), means])),
  }
}

const missing = (plugId: string, text: string, values: Values): WerenodeError => {
  const names = namesIn(text).filter((name) => values[name] === undefined)
  return new WerenodeError('invalid-input', `Plug ${plugId} needs ${names.join(', ')}`, {
    ...(names[0] === undefined ? {} : { data: { variable: names[0] } }),
  })
}
