import { type EventEnvelope, isWerenodeError, type Store, WerenodeError } from '@werenode/core'
import type { EventLog } from '../event-log.ts'
import { createGroup, type Group } from '../group.ts'
import type { Retry } from '../lane.ts'
import type { Member } from '../members.ts'
import { failureFields, type Observer } from '../observe.ts'
import { createPositions, GROUPS, type GroupDoc, PARKED, type ParkedDoc, type Positions } from '../positions.ts'
import { allPages } from '../retention.ts'
import type { SharedLog } from './event-log.ts'
import { LEASES, type Lease, releaseLease, takeLease } from './leases.ts'
import type { Membership } from './members.ts'
import { dealtAmong, PARTITIONS } from './subjects.ts'
import { createTurnstile } from './turnstile.ts'

const ACKNOWLEDGE_MS = 200
const LEAVE_WITHIN_MS = 5_000

/** One partition of one group, held by this process and worked on by its members. */
interface Share {
  readonly lease: Lease
  readonly group: Group
  readonly joined: Map<Consumer, Member>
}

interface Consumer {
  readonly handler: (event: EventEnvelope) => Promise<void>
  readonly concurrency: number
}

/** A group as this process takes part in it. */
interface Joined {
  readonly name: string
  readonly types: readonly string[]
  /** Where a partition begins that nobody ever held. */
  readonly begin: number
  readonly consumers: Set<Consumer>
  readonly shares: Map<number, Share>
}

const shareId = (group: string, partition: number): string => `${group}#${partition}`
const shareIds = (group: string): readonly string[] => Array.from({ length: PARTITIONS }, (_, p) => shareId(group, p))

export interface Shares {
  join(name: string, types: readonly string[], from: 'start' | 'now', asked: Consumer): Promise<() => Promise<void>>
  /** Events of each partition, in order, all up to the horizon. */
  publish(byPartition: ReadonlyMap<number, readonly EventEnvelope[]>, horizon: number): void
  /** Takes what is due to this process and gives back what is not. */
  settle(): Promise<void>
  /** What is not delivered yet, in words. */
  undelivered(): string[]
  active(): number
  stats(): { group: string; lag: number; subjects: number; failing: number }[]
  /** The smallest number that some group has not acknowledged, less one. */
  acknowledged(): Promise<number>
  halt(): void
  close(): Promise<void>
}

/**
 * Shares the events of each group among the processes that consume it. A partition has one owner at a time (a lease in the store,
 * its revision the fencing token): the owner's acknowledgements are stored only while he still holds it.
 */
export const createShares = (options: {
  store: Store
  log: SharedLog
  membership: Membership
  retry: Retry
  observer: Observer
  onProgress: () => void
}): Shares => {
  const { store, log, membership, retry, observer, onProgress } = options
  const groups = new Map<string, Joined>()
  const doors = new Map<string, Promise<unknown>>()
  let halted = false

  /** Being given back in good order: their last acknowledgements still count. */
  const leaving = new Set<Lease>()

  /** `rev` is the revision that the lease has now: whatever was held under another one is somebody else's. */
  const lost = (id: string, rev: unknown): void => {
    const isLost = (lease: Lease): boolean => lease.id === id && lease.rev !== rev
    for (const lease of leaving) if (isLost(lease)) leaving.delete(lease)
    for (const { name, shares } of groups.values()) {
      for (const [partition, share] of shares) {
        if (!isLost(share.lease)) continue
        observer.log.warn({ group: name, partition }, 'Another process has taken over a share of the events')
        shares.delete(partition)
        share.group.halt()
      }
    }
    onProgress()
  }
  const isLostLease = (error: unknown): error is WerenodeError =>
    isWerenodeError(error) && error.code === 'conflict' && error.data.in === LEASES

  /** Acknowledgements carry the fencing tokens of their shares. */
  const fenced: Pick<Store, 'write'> = {
    write: async (ops) => {
      try {
        return await store.write(ops)
      } catch (error) {
        if (isLostLease(error)) lost(String(error.data.id), error.data.rev)
        throw error
      }
    },
  }
  const positions = createPositions(fenced, observer, ACKNOWLEDGE_MS)

  const positionsOf = (lease: Lease): Positions => {
    const still = (): boolean =>
      [...groups.values()].some(({ shares }) => [...shares.values()].some((s) => s.lease === lease))
    return {
      flush: positions.flush,
      mark: (source) =>
        positions.mark({
          ...source,
          collect: () => {
            const ops = still() || leaving.has(lease) ? source.collect() : []
            return ops.length === 0 ? [] : [{ op: 'check', in: LEASES, id: lease.id, rev: lease.rev }, ...ops]
          },
          restore: (ops) => source.restore(ops.slice(1)),
        }),
    }
  }
  /** Shares that others have taken meanwhile are left out, one with each attempt; what this process still holds is stored. */
  const flush = async (): Promise<void> => {
    for (let attempts = 0; ; attempts++) {
      try {
        return await positions.flush()
      } catch (error) {
        if (!isLostLease(error) || attempts === PARTITIONS * (groups.size + 1)) throw error
      }
    }
  }

  const logOf = (partition: number): Pick<EventLog, 'horizon' | 'page'> => ({
    horizon: log.horizon,
    page: (query) => log.page({ ...query, partition }),
  })

  const observerOf = (name: string): Observer => ({
    log: observer.log,
    metric: (metric) => observer.metric(metric.kind === 'delivery' ? { ...metric, group: name } : metric),
  })

  const open = async (joined: Joined, partition: number, lease: Lease): Promise<void> => {
    const id = shareId(joined.name, partition)
    const stored = await store.get<GroupDoc>(GROUPS, id)
    const position: GroupDoc = { _id: id, position: stored?.position ?? joined.begin }
    await log.reached(position.position)
    const group = createGroup({
      position,
      parked: await allPages<ParkedDoc>(store, PARKED, { group: id }),
      types: joined.types,
      log: logOf(partition) as EventLog,
      positions: positionsOf(lease),
      retry,
      observer: observerOf(joined.name),
      onProgress,
    })
    const share: Share = { lease, group, joined: new Map() }
    joined.shares.set(partition, share)
    for (const consumer of joined.consumers)
      share.joined.set(consumer, group.join(consumer.handler, consumer.concurrency))
  }

  /** Waits for the handlers under way, stores what they acknowledged, and lets the next one have it. */
  const giveBack = async (joined: Joined, partition: number, share: Share): Promise<void> => {
    leaving.add(share.lease)
    joined.shares.delete(partition)
    share.group.halt()
    const startedAt = performance.now()
    while (share.group.active() > 0 && performance.now() - startedAt < LEAVE_WITHIN_MS)
      await new Promise((resolve) => setTimeout(resolve, 5))
    share.group.stop()
    try {
      await flush()
      await releaseLease(store, share.lease)
    } finally {
      leaving.delete(share.lease)
    }
  }

  const settleOne = async (joined: Joined): Promise<void> => {
    if (halted || joined.consumers.size === 0) return
    const owners = dealtAmong(membership.of(joined.name), shareIds(joined.name))
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const id = shareId(joined.name, partition)
      const isMine = owners[partition] === membership.self
      const share = joined.shares.get(partition)
      if (share !== undefined && !isMine) await giveBack(joined, partition, share)
      if (share !== undefined || !isMine || halted) continue
      const lease = await takeLease(store, id, membership.self, membership.isAlive)
      if (lease !== undefined) await open(joined, partition, lease)
    }
  }

  /** One after the other per group. */
  const atDoor = <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const turn = (doors.get(name) ?? Promise.resolve()).catch(() => undefined).then(run)
    doors.set(name, turn)
    return turn
  }

  /** The group's own document says where it began; made once, by whoever is first. */
  const beginning = async (name: string, from: 'start' | 'now'): Promise<number> => {
    const known = await store.get<GroupDoc>(GROUPS, name)
    if (known !== undefined) return known.position
    const doc: GroupDoc = { _id: name, position: from === 'start' ? 0 : await log.last() }
    try {
      await store.write([{ op: 'insert', in: GROUPS, doc }])
      return doc.position
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      return beginning(name, from)
    }
  }

  const tellGroups = async (): Promise<void> => {
    membership.setGroups([...groups.values()].filter(({ consumers }) => consumers.size > 0).map(({ name }) => name))
    await membership.beat()
  }

  const leave = async (joined: Joined, consumer: Consumer): Promise<void> => {
    await Promise.all(
      [...joined.shares.values()].map(async ({ group, joined: members }) => {
        const member = members.get(consumer)
        if (member !== undefined) await group.leave(member)
      }),
    )
    joined.consumers.delete(consumer)
    if (joined.consumers.size > 0) return
    await Promise.all([...joined.shares].map(([partition, share]) => giveBack(joined, partition, share)))
    groups.delete(joined.name)
    await tellGroups()
  }

  const join: Shares['join'] = (name, types, from, asked) =>
    atDoor(name, async () => {
      // Its concurrency is over all its shares.
      const turnstile = createTurnstile(asked.concurrency)
      const consumer: Consumer = { ...asked, handler: (event) => turnstile(() => asked.handler(event)) }
      const known = groups.get(name)
      if (known !== undefined && JSON.stringify([...types].sort()) !== JSON.stringify([...known.types].sort()))
        throw new WerenodeError(
          'invalid-input',
          `Group ${name} consumes ${known.types.join(', ')}, not ${types.join(', ')}`,
          { hint: 'All members of a group consume the same types; give this one a group of its own.' },
        )
      const joined: Joined = known ?? {
        name,
        types,
        begin: await beginning(name, from),
        consumers: new Set(),
        shares: new Map(),
      }
      groups.set(name, joined)
      joined.consumers.add(consumer)
      for (const share of joined.shares.values())
        share.joined.set(consumer, share.group.join(consumer.handler, consumer.concurrency))
      if (known === undefined) {
        await tellGroups()
        await settleOne(joined)
      }
      let left: Promise<void> | undefined
      return () => {
        left ??= atDoor(name, () => leave(joined, consumer))
        return left
      }
    })

  const all = (): Share[] => [...groups.values()].flatMap(({ shares }) => [...shares.values()])

  return {
    join,
    publish: (byPartition, horizon) => {
      for (const { shares } of groups.values())
        for (const [partition, { group }] of shares) group.publish(byPartition.get(partition) ?? [], horizon)
    },
    settle: async () => {
      // Cut off from the store we may be taken for dead: nothing new is begun until it is clear who holds what.
      if (!membership.isSure()) return
      await Promise.all([...groups.values()].map((joined) => atDoor(joined.name, () => settleOne(joined))))
      onProgress()
    },
    undelivered: () => [
      ...(groups.size > 0 && membership.unproven() ? ['shares of a process that may be dead'] : []),
      ...[...groups.values()].flatMap((joined) => {
        const owners = dealtAmong(membership.of(joined.name), shareIds(joined.name))
        const awaited = owners.filter((owner, p) => owner === membership.self && !joined.shares.has(p))
        const busy = [...joined.shares.values()].filter(({ group }) => !group.isIdle())
        const open =
          awaited.length > 0 ? [`group ${joined.name}: ${awaited.length} shares still with another process`] : []
        return busy.length > 0 ? [...open, `group ${joined.name}: ${busy.length} shares with events under way`] : open
      }),
    ],
    active: () => all().reduce((sum, { group }) => sum + group.active(), 0),
    stats: () =>
      [...groups.values()].map(({ name, shares }) => {
        const stats = [...shares.values()].map(({ group }) => group.stats())
        return {
          group: name,
          lag: Math.max(0, ...stats.map(({ lag }) => lag)),
          subjects: stats.reduce((sum, { subjects }) => sum + subjects, 0),
          failing: stats.reduce((sum, { failing }) => sum + failing, 0),
        }
      }),
    acknowledged: async () => {
      const docs = new Map((await allPages<GroupDoc>(store, GROUPS, {})).map(({ _id, position }) => [_id, position]))
      const parked = await allPages<ParkedDoc>(store, PARKED, {})
      const names = [...docs.keys()].filter((id) => !id.includes('#'))
      const each = names.flatMap((name) => shareIds(name).map((id) => docs.get(id) ?? docs.get(name)!))
      return Math.min(log.horizon(), ...each, ...parked.map(({ next }) => next - 1))
    },
    halt: () => {
      halted = true
      for (const { group } of all()) group.halt()
    },
    close: async () => {
      halted = true
      await Promise.all(doors.values()).catch((error: unknown) => {
        observer.log.warn(failureFields(error), 'A consumer did not join or leave in good order')
      })
      for (const joined of groups.values())
        await Promise.all([...joined.shares].map(([partition, share]) => giveBack(joined, partition, share)))
      groups.clear()
    },
  }
}
