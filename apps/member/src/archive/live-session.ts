import { DestroyRef, effect, inject, type Signal, signal, untracked } from '@angular/core'
import { WerenodeNode } from '../app/node.ts'
import { type Point, withEvent } from '../charges/curve.ts'
import { isSessionOver, type Session } from '../charges/session.ts'
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
  /** Its course is here from the first reading to the last. */
  readonly whole: boolean
}

/** Readings arrive in a burst when a course is told from its start: they are shown together. */
const gatherMs = 100
/** A node that has forgotten the course of a session that is over says nothing: then nobody waits longer than this. */
const silenceMs = 10_000

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

  const note = async (whole: boolean): Promise<void> => {
    const view = session()
    if (view) await history.note(`session:${view.id}`, { session: view, points: points(), whole } satisfies Kept)
  }
  const took = async (view: Session): Promise<void> => {
    session.set(view)
    await history.saw(view)
    await note(false)
  }

  /** What happens from now on. */
  const followState = async (sessionId: string, signal: AbortSignal): Promise<void> => {
    for await (const event of client.live(sessionId, { signal })) {
      if (event.type === 'session.view') await took(event.data as Session)
      else if (event.type === 'session.state') await took(event.data.view as Session)
      else if (event.type === 'session.warning') warning.set(event.data.code)
      else if (event.type === 'session.meter') {
        const { energyWh, powerW, costMicro, socPercent, suspended } = event.data
        const now = session()
        if (now?.state === 'charging') session.set({ ...now, energyWh, powerW, costMicro, socPercent, suspended })
      }
    }
  }

  /** Every reading since it began, and each new one. */
  const followCourse = async (sessionId: string, signal: AbortSignal): Promise<void> => {
    const enough = new AbortController()
    const isOver = (): boolean => isSessionOver(session()?.state ?? 'opening')
    let silence = isOver() ? setTimeout(() => enough.abort(), silenceMs) : undefined
    let course: readonly Point[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (): void => {
      timer = undefined
      if (!signal.aborted && course.length > 0) points.set(course)
    }
    try {
      const both = AbortSignal.any([signal, enough.signal])
      for await (const event of client.live(sessionId, { signal: both, fromStart: true, evenIfOver: true })) {
        // Each connection begins with the session as it is; that is no sign that its course is still told.
        if (silence !== undefined && event.type !== 'session.view') {
          clearTimeout(silence)
          silence = setTimeout(() => enough.abort(), silenceMs)
        }
        course = withEvent(course, event)
        if (event.type === 'session.meter') timer ??= setTimeout(show, gatherMs)
      }
    } finally {
      clearTimeout(silence)
      clearTimeout(timer)
    }
    if (signal.aborted) return
    show()
    await note(isOver())
  }

  const follow = async (sessionId: string, signal: AbortSignal): Promise<void> => {
    const kept = await history.noted<Kept>(`session:${sessionId}`)
    if (signal.aborted) return
    if (kept) {
      session.set(kept.session)
      points.set(kept.points)
    }
    try {
      const view = await client.api.getSession({ params: { sessionId }, signal })
      if (signal.aborted) return
      stale.set(false)
      error.set(undefined)
      await took(view)
      if (isSessionOver(view.state)) {
        if (kept?.whole) await note(true)
        else await followCourse(sessionId, signal)
      } else await Promise.all([followState(sessionId, signal), followCourse(sessionId, signal)])
    } catch (trouble) {
      if (signal.aborted) return
      error.set(trouble)
      stale.set(session() !== undefined)
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
