import { covers, matches } from '../transport/topics.ts'
import type { Device } from './device.ts'
import { fill } from './template.ts'

/** What one credential may do: filters over its own topics. */
export interface Access {
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
  /** Topics that switch something: nobody but the house publishes there. */
  readonly commands: readonly string[]
}

/** The access list of a device, made from its profile: what it is read at and told at, and what its firmware uses by itself. */
export const accessOf = (device: Device): Access => {
  const own = (templates: readonly string[]): readonly string[] =>
    templates.flatMap((template) => fill(template, device.values) ?? []).filter(isNarrow)
  const { access } = device.profile
  return {
    publish: unique([...device.reads.keys(), ...own(access.publish)]),
    subscribe: unique([...device.commandTopics, ...own(access.subscribe)]),
    commands: device.commandTopics,
  }
}

/** Several outlets or a bridge share one credential. */
export const joinAccess = (parts: readonly Access[]): Access => ({
  publish: unique(parts.flatMap(({ publish }) => publish)),
  subscribe: unique(parts.flatMap(({ subscribe }) => subscribe)),
  commands: unique(parts.flatMap(({ commands }) => commands)),
})

export const mayPublish = (access: Access, topic: string): boolean =>
  !topic.startsWith('$') && !access.commands.includes(topic) && access.publish.some((filter) => matches(filter, topic))

export const maySubscribe = (access: Access, filter: string): boolean =>
  access.subscribe.some((allowed) => covers(allowed, filter))

/** A filter that begins with a wildcard reaches other people's devices, whatever a profile says. */
const isNarrow = (filter: string): boolean => !/^[+#]/.test(filter) && filter !== ''

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)]

/** The same for Mosquitto's `acl_file`, for those who run their own broker. */
export const mosquittoAccess = (username: string, access: Access): string =>
  [
    `user ${username}`,
    ...access.publish.map((filter) => `topic write ${filter}`),
    ...access.subscribe.map((filter) => `topic read ${filter}`),
  ].join('\n')
