import { DestroyRef, effect, inject, type Signal, signal, untracked } from '@angular/core'
import { WerenodeNode } from '../app/node.ts'
import { type Point, withEvent } from '../charges/curve.ts'
import type { Session } from '../charges/session.ts'
import { History } from './history.ts'

/** A session with its course, from its first reading, as long as somebody looks. */
export interface LiveSession {
  readonly session: Signal<Session | undefined>
  readonly points: Signal<readonly Point[]>
  readonly warning: Signal<string | undefined>
  readonly error: Signal<unknown>
  /** True: what is shown is what this device kept. */
  readonly stale: Signal<boolean>
  take(session: Session): void
}

interface Kept {
  readonly session: Session
  readonly points: readonly Point[]
}

/** Readings arrive in a burst when a course is told from its start: they are shown together. */
const gatherMs = 100

/** Follows the session of this id; to be called while a component is constructed. What was seen is kept for reading without a network. */
export const followLive = (id: Signal<string>): LiveSession => {
  const { client } = inject(WerenodeNode)
  const history = inject(History)
  const session = signal<Session | undefined>(undefined)
  const points = signal<readonly Point[]>([])
  const warning = signal<string | undefined>(undefined)
  const error = signal<unknown>(undefined)
  const stale = signal(false)
  let stop = new AbortController()

  const follow = async (sessionId: string, signal: AbortSignal): Promise<void> => {
    const key = `session:${sessionId}`
    const kept = await history.noted<Kept>(key)
    if (kept && !signal.aborted) {
      session.set(kept.session)
      points.set(kept.points)
    }
    let course: readonly Point[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (): void => {
      timer = undefined
      if (!signal.aborted && course.length > 0) points.set(course)
    }
    const note = (view: Session): Promise<void> => history.note(key, { session: view, points: course } satisfies Kept)
    const took = async (view: Session): Promise<void> => {
      session.set(view)
      await history.saw(view)
      await note(view)
    }
    try {
      const view = await client.api.getSession({ params: { sessionId }, signal })
      if (signal.aborted) return
      stale.set(false)
      error.set(undefined)
      await took(view)
      for await (const event of client.live(sessionId, { signal, fromStart: true })) {
        if (event.type === 'session.view') await took(event.data as Session)
        else if (event.type === 'session.state') await took(event.data.view as Session)
        else if (event.type === 'session.warning') warning.set(event.data.code)
        else if (event.type === 'session.meter') {
          course = withEvent(course, event)
          const { energyWh, powerW, costMicro, socPercent, suspended, meterAt } = event.data
          const now = session()
          if (now?.state === 'charging' && Date.parse(meterAt) >= (course.at(-1)?.at ?? 0))
            session.set({ ...now, energyWh, powerW, costMicro, socPercent, suspended })
          timer ??= setTimeout(show, gatherMs)
        }
      }
      show()
      const last = session()
      if (last) await note(last)
    } catch (trouble) {
      if (signal.aborted) return
      error.set(trouble)
      stale.set(session() !== undefined)
    } finally {
      clearTimeout(timer)
    }
  }

  effect(() => {
    const sessionId = id()
    const opened = history.opened()
    untracked(() => {
      stop.abort()
      stop = new AbortController()
      session.set(undefined)
      points.set([])
      if (opened) void follow(sessionId, stop.signal)
    })
  })
  inject(DestroyRef).onDestroy(() => stop.abort())

  return {
    session: session.asReadonly(),
    points: points.asReadonly(),
    warning: warning.asReadonly(),
    error: error.asReadonly(),
    stale: stale.asReadonly(),
    take: (view) => session.set(view),
  }
}
