import type { Doc, Store } from '@werenode/core'
import { isWerenodeError } from '@werenode/core'
import { failureFields, type Observer } from '../observe.ts'

export const MEMBERS = 'bus_members'

interface MemberDoc extends Doc {
  readonly beat: number
  readonly groups: readonly string[]
}

/**
 * Who is there. Each process counts its beats in the store; the others see whether the count moves, by their own steady clocks:
 * no two clocks are ever compared, so a clock that jumps takes nothing from anybody.
 */
export interface Membership {
  readonly self: string
  /** Processes whose beat moves, this one among them. */
  alive(): readonly string[]
  /** Those of them that consume a group. */
  of(group: string): readonly string[]
  isAlive(member: string): boolean
  /** Somebody else stands in the store of whom it is not known yet whether he lives. */
  unproven(): boolean
  /** Others are there, or were lately. */
  others(): boolean
  /** The store has taken our beat lately; otherwise the others may think us dead. */
  isSure(): boolean
  setGroups(groups: readonly string[]): void
  /** One beat, now. */
  beat(): Promise<void>
  stop(): Promise<void>
}

export const createMembership = (options: {
  store: Store
  self: string
  beatMs: number
  /** Without a beat for so long a process is taken for dead. */
  deadAfterMs: number
  observer: Observer
  onBeat: () => void
}): Membership => {
  const { store, self, beatMs, deadAfterMs, observer, onBeat } = options
  const seen = new Map<string, { beat: number; at: number; groups: readonly string[]; moved: boolean }>()
  let groups: readonly string[] = []
  let count = 0
  let sureAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let beating: Promise<void> = Promise.resolve()

  const look = async (): Promise<void> => {
    const { items } = await store.find<MemberDoc>(MEMBERS, {}, { limit: 1_000 })
    const now = performance.now()
    for (const { _id, _rev, beat, groups: theirs } of items) {
      const known = seen.get(_id)
      if (known === undefined || known.beat !== beat)
        seen.set(_id, { beat, at: now, groups: theirs, moved: known !== undefined })
      else if (now - known.at > deadAfterMs * 10 && _id !== self) {
        // Long gone: forgotten by whoever notices first.
        await store.write([{ op: 'delete', in: MEMBERS, id: _id, rev: _rev }]).catch((error: unknown) => {
          if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        })
      }
    }
    const there = new Set(items.map(({ _id }) => _id))
    for (const id of seen.keys()) if (!there.has(id)) seen.delete(id)
  }

  const beatOnce = async (): Promise<void> => {
    const startedAt = performance.now()
    const doc: MemberDoc = { _id: self, beat: ++count, groups }
    await store.write([{ op: 'put', in: MEMBERS, doc }])
    await look()
    sureAt = startedAt
  }
  const beat = (): Promise<void> => {
    beating = beating.catch(() => undefined).then(() => (stopped ? undefined : beatOnce()))
    return beating
  }
  const tick = (): void => {
    beat()
      .catch((error: unknown) =>
        observer.log.warn(failureFields(error), 'The bus could not tell the others that it is there'),
      )
      .finally(() => {
        if (stopped) return
        onBeat()
        timer = setTimeout(tick, beatMs)
      })
  }
  timer = setTimeout(tick, beatMs)

  const isAlive = (id: string): boolean => {
    if (id === self) return !stopped
    const member = seen.get(id)
    return member !== undefined && performance.now() - member.at <= deadAfterMs
  }

  return {
    self,
    alive: () => [...new Set([self, ...seen.keys()])].filter(isAlive),
    of: (group) => [
      ...(groups.includes(group) ? [self] : []),
      ...[...seen].flatMap(([id, member]) => (id !== self && isAlive(id) && member.groups.includes(group) ? [id] : [])),
    ],
    isAlive,
    unproven: () => [...seen].some(([id, { moved }]) => id !== self && !moved && isAlive(id)),
    others: () => [...seen.keys()].some((id) => id !== self),
    isSure: () => performance.now() - sureAt < deadAfterMs * 0.7,
    setGroups: (now) => {
      groups = now
    },
    beat,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await beating.catch(() => undefined)
      await store.write([{ op: 'delete', in: MEMBERS, id: self }])
    },
  }
}
