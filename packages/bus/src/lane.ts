import type { EventEnvelope } from '@werenode/core'

/** The events of one subject on their way through one group: strictly one after the other. */
export interface Lane {
  readonly subject: string
  /** Read and not yet acknowledged, in order. */
  queue: EventEnvelope[]
  /** Everything with a smaller seq is acknowledged. */
  next: number
  /** The store may hold events that belong behind the queue. */
  more: boolean
  /** Somebody works on it. */
  busy: boolean
  /** It stands in the line of lanes to work on. */
  queued: boolean
  /** The store is being read for it: what comes meanwhile waits there. */
  reading: boolean
  /** Failed attempts at the first event. */
  attempts: number
  /** Set while it waits for the next attempt. */
  timer: NodeJS.Timeout | undefined
  /** Its position is stored by itself, because the group has moved on without it. */
  parked: boolean
}

/** Events of one subject held in memory; the rest waits in the store. */
export const LANE_LENGTH = 64

export const newLane = (subject: string, next: number): Lane => ({
  subject,
  queue: [],
  next,
  more: false,
  busy: false,
  queued: false,
  reading: false,
  attempts: 0,
  timer: undefined,
  parked: false,
})

export interface Retry {
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

/** The first pause, twice that, four times that ... up to the longest. */
export const pauseMs = (attempts: number, retry: Retry): number =>
  Math.min(retry.longestPauseMs, retry.firstPauseMs * 2 ** Math.min(attempts - 1, 20))
