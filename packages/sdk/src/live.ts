import { type EventEnvelope, type SessionId, type SessionView, terminalStates } from '@werenode/core'
import { follow } from './event-source.ts'
import type { Http } from './http.ts'
import type { Readings } from './readings.ts'

type SessionEventType = 'session.state' | 'session.meter' | 'session.warning' | 'session.stopping' | 'session.receipt'

/** What a live stream of a session tells: first the session as it is (`session.view`), then what happens. */
export type SessionEvent =
  | { readonly type: 'session.view'; readonly data: SessionView }
  | {
      readonly [T in SessionEventType]: {
        readonly type: T
        readonly data: EventEnvelope<T>['data']
        readonly seq: number
        readonly at: string
      }
    }[SessionEventType]

export interface LiveOptions {
  readonly signal?: AbortSignal
  /** From the first event of the session instead of from now. */
  readonly fromStart?: boolean
  /**
   * With `fromStart`: also of a session that is over, up to the event that ended it. Where the node no longer has its events nothing more
   * comes; give a `signal`.
   */
  readonly evenIfOver?: boolean
}

/** Follows a session until it is over, through lost connections; notes the readings it is told. */
export async function* followSession(
  http: Http,
  readings: Readings,
  sessionId: SessionId,
  options: LiveOptions,
): AsyncGenerator<SessionEvent, void, void> {
  const isOver = (view: SessionView): boolean => terminalStates.has(view.state)
  try {
    for await (const { event, data } of follow(http, `/v1/sessions/${sessionId}/live`, {
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.fromStart ? { afterSeq: 0 } : {}),
    })) {
      if (event === 'session.view') {
        const view = data as SessionView
        yield { type: 'session.view', data: view }
        if (isOver(view) && !(options.fromStart && options.evenIfOver)) return
        continue
      }
      const { type, data: told, seq, at } = data as EventEnvelope<SessionEventType>
      if (type === 'session.meter') readings.note(sessionId, told as EventEnvelope<'session.meter'>['data'])
      yield { type, data: told, seq, at } as SessionEvent
      if (type === 'session.state' && isOver((told as EventEnvelope<'session.state'>['data']).view)) return
    }
  } finally {
    // They are in memory still; a receipt is checked against what could be kept.
    await readings.save(sessionId).catch(() => undefined)
  }
}
