import { hasWildcard, matches } from './topics.ts'

export interface DeviceMessage {
  readonly topic: string
  readonly payload: Uint8Array
  /** The broker kept it from before: not a reading of now. */
  readonly retained: boolean
}
export type MessageHandler = (message: DeviceMessage) => Promise<void>

interface Subscription {
  readonly pattern: string
  readonly members: MessageHandler[]
  readonly group: string | undefined
  next: number
}

/** Hands messages to whoever subscribed; with a group, to one member in turn. Exact topics are found at once, patterns are tried. */
export interface Router {
  add(pattern: string, group: string | undefined, handler: MessageHandler): { readonly isFirst: boolean }
  /** True when nobody is left for the pattern. */
  remove(pattern: string, group: string | undefined, handler: MessageHandler): boolean
  /** Resolves when every receiver has done its part; rejects when one could not. Undefined when nobody wants it. */
  route(message: DeviceMessage): Promise<unknown> | undefined
}

export const createRouter = (): Router => {
  const exact = new Map<string, Subscription[]>()
  const patterns: Subscription[] = []

  const listOf = (pattern: string): Subscription[] => {
    if (hasWildcard(pattern)) return patterns
    const known = exact.get(pattern)
    if (known) return known
    const made: Subscription[] = []
    exact.set(pattern, made)
    return made
  }
  const find = (list: readonly Subscription[], pattern: string, group: string | undefined) =>
    list.find((entry) => entry.pattern === pattern && entry.group === group)

  const deliver = (entry: Subscription, message: DeviceMessage): Promise<void>[] => {
    if (entry.group === undefined) return entry.members.map((member) => member(message))
    const member = entry.members[entry.next % entry.members.length]
    entry.next += 1
    return member ? [member(message)] : []
  }

  return {
    add: (pattern, group, handler) => {
      const list = listOf(pattern)
      const known = find(list, pattern, group)
      if (known) known.members.push(handler)
      else list.push({ pattern, group, members: [handler], next: 0 })
      return { isFirst: known === undefined }
    },
    remove: (pattern, group, handler) => {
      const list = listOf(pattern)
      const known = find(list, pattern, group)
      const place = known?.members.indexOf(handler) ?? -1
      if (known && place >= 0) known.members.splice(place, 1)
      if (known && known.members.length > 0) return false
      if (known) list.splice(list.indexOf(known), 1)
      if (list.length === 0 && list !== patterns) exact.delete(pattern)
      return known !== undefined
    },
    route: (message) => {
      const named = exact.get(message.topic)
      // The usual case: one subscriber of exactly this topic.
      if (patterns.length === 0 && named?.length === 1 && named[0]!.members.length === 1)
        return named[0]!.members[0]!(message)
      const work = [...(named ?? []), ...patterns.filter(({ pattern }) => matches(pattern, message.topic))].flatMap(
        (entry) => deliver(entry, message),
      )
      return work.length === 0 ? undefined : Promise.all(work)
    },
  }
}
