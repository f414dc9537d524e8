import type { Clock, Doc, Filter, Store, Stored } from '@werenode/core'
import type { EventLog } from './event-log.ts'
import { failureFields, type Observer } from './observe.ts'
import { GROUPS, type GroupDoc, PARKED, type ParkedDoc } from './positions.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export const allPages = async <T extends Doc>(
  store: Store,
  collection: string,
  filter: Filter,
): Promise<Stored<T>[]> => {
  const items: Stored<T>[] = []
  let after: string | undefined
  do {
    const page = await store.find<T>(collection, filter, { limit: 1_000, ...(after === undefined ? {} : { after }) })
    items.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return items
}

/**
 * Forgets events that are old and acknowledged by every group that was ever made, by what is stored of their positions. A group
 * nobody consumes any more holds its events back, because nobody else can know that it is gone.
 */
export const startRetention = (options: {
  store: Store
  clock: Clock
  log: EventLog
  observer: Observer
  keepDays: number
}): { prune(): Promise<number>; stop(): void } => {
  const { store, clock, log, observer, keepDays } = options

  const prune = async (): Promise<number> => {
    const groups = await allPages<GroupDoc>(store, GROUPS, {})
    const parked = await allPages<ParkedDoc>(store, PARKED, {})
    const acknowledged = Math.min(
      log.horizon(),
      ...groups.map((group) => group.position),
      ...parked.map((lane) => lane.next - 1),
    )
    const before = new Date(clock().getTime() - keepDays * DAY_MS)
    const events = await log.prune(before, acknowledged)
    if (events > 0) observer.log.info({ events }, 'Old events were deleted')
    const [oldest] = await log.page({ after: acknowledged, to: log.horizon(), limit: 1 })
    if (oldest !== undefined && Date.parse(oldest.at) < before.getTime()) {
      const behind = groups.filter((group) => group.position === acknowledged).map((group) => group._id)
      observer.log.warn({ groups: behind }, 'Old events are kept because a group has not acknowledged them')
    }
    return events
  }

  const timer = setInterval(() => {
    prune().catch((error: unknown) => observer.log.error(failureFields(error), 'Old events could not be deleted'))
  }, HOUR_MS)
  timer.unref()
  return { prune, stop: () => clearInterval(timer) }
}
