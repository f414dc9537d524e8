import {
  type Clock,
  createSetBackWatch,
  type SessionRecord,
  type Store,
  type TimerName,
  type Unsubscribe,
} from '@werenode/core'
import { collections } from './collections.ts'

/**
 * The manager's only clock: asks the store which sessions are due and hands them on. It holds nothing in memory, so a restart
 * resumes by itself.
 */
export const createScheduler = (deps: {
  store: Store
  clock: Clock
  everyMs: number
  onDue: (record: SessionRecord) => void
  /** Our clock ran ahead and is right again; `start` tells it too, because who ran before may have had another clock. */
  onSetBack: () => Promise<void>
  onError: (error: unknown) => void
}): { start(): void; stop: Unsubscribe } => {
  const wasSetBack = createSetBackWatch(
    () => deps.clock().getTime(),
    () => performance.now(),
  )
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let running: Promise<void> = Promise.resolve()

  const turn = async (): Promise<void> => {
    if (wasSetBack()) await deps.onSetBack()
    const now = deps.clock().toISOString()
    const due = await deps.store.find<SessionRecord>(
      collections.sessions,
      { dueAt: { $lte: now } },
      { sort: [['dueAt', 1]], limit: 500 },
    )
    for (const record of due.items) deps.onDue(record)
  }

  const loop = (): void => {
    if (stopped) return
    running = turn()
      .catch(deps.onError)
      .then(() => {
        if (!stopped) timer = setTimeout(loop, deps.everyMs)
      })
  }

  return {
    start: loop,
    stop: async () => {
      stopped = true
      if (timer) clearTimeout(timer)
      await running
    },
  }
}

/** Names of the timers of a record that are due at a time. */
export const dueTimers = (record: SessionRecord, now: string): readonly TimerName[] =>
  (Object.entries(record.timers) as [TimerName, string][]).filter(([, at]) => at <= now).map(([name]) => name)
