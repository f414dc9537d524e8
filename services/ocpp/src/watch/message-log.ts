import type { Store, WriteOp } from '@werenode/core'
import type { Logger } from 'pino'
import { type Chapter, type KeptFrame, pack, unpack } from './chapter.ts'
import { hasDuplicateKeys } from './duplicate-keys.ts'
import { redactFrame } from './redact.ts'

/** One frame as it went over the line, without secrets. */
export interface LoggedFrame {
  readonly at: string
  readonly direction: 'in' | 'out'
  readonly text: string
}

interface NotedFrame {
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly text: string
  readonly action: string | undefined
}

/**
 * The last frames of each station: a ring of chapters, so that it never grows beyond its bound. Written in batches beside the
 * work; what a crash takes of it is lost to the reader, never to a charge.
 */
export interface MessageLog {
  /** `at` in ms since 1970; `action` names what the frame asks or answers, where that is known. */
  note(stationId: string, direction: 'in' | 'out', text: string, action: string | undefined, at: number): void
  /** Newest first. */
  read(stationId: string, options?: ReadOptions): Promise<readonly LoggedFrame[]>
  flush(): Promise<void>
}

export interface ReadOptions {
  /** Default 200. */
  readonly limit?: number
  /** Only frames with this text in them. */
  readonly containing?: string
  /** Only frames after this time, ms since 1970. */
  readonly after?: number
}

/** Firmware writes all its messages alike: its first chapters are looked at closely, later ones here and there. */
const isLookedAt = (number: number, place: number): boolean => number < 16 || place % 16 === 0

const collection = 'ocpp_message_log'
const mostBetweenFlushes = 512
const longestFrame = 4_000
const mostInChapter = 32_000

export const createMessageLog = ({
  store,
  log,
  chapters = 512,
  onDuplicateKeys,
}: {
  store: Store
  log: Logger
  /** Kept for each station. A chapter is what was said between two flushes, 32,000 characters at most. */
  chapters?: number
  onDuplicateKeys: (stationId: string) => void
}): MessageLog => {
  let noted = new Map<string, NotedFrame[]>()
  /** Number of each station's next chapter. */
  const nextNumber = new Map<string, number>()
  let writing: Promise<void> = Promise.resolve()

  const newestOf = (stationId: string, limit: number) =>
    store.find<Chapter>(collection, { stationId }, { sort: [['number', -1]], limit })

  /** Where the station's log stood when this process first writes to it. */
  const firstNumber = async (stationId: string): Promise<number> => {
    const { items } = await newestOf(stationId, 1)
    return (items[0]?.number ?? -1) + 1
  }

  const chaptersOf = async (stationId: string, frames: readonly NotedFrame[]): Promise<readonly WriteOp[]> => {
    const ops: WriteOp[] = []
    let number = nextNumber.get(stationId) ?? (await firstNumber(stationId))
    let open: KeptFrame[] = []
    let size = 0
    const close = (): void => {
      const doc: Chapter = { _id: `${stationId}/${number % chapters}`, stationId, number, ...pack(open) }
      ops.push({ op: 'put', in: collection, doc })
      number += 1
      open = []
      size = 0
    }
    for (const [place, { at, direction, text, action }] of frames.entries()) {
      if (direction === 'in' && isLookedAt(number, place) && hasDuplicateKeys(text)) onDuplicateKeys(stationId)
      const whole = redactFrame(text, action)
      const kept = whole.length > longestFrame ? whole.slice(0, longestFrame) : whole
      if (size > 0 && size + kept.length > mostInChapter) close()
      open.push([at, direction, kept])
      size += kept.length
    }
    close()
    nextNumber.set(stationId, number)
    return ops
  }

  const write = async (): Promise<void> => {
    const batch = noted
    noted = new Map()
    const ops: WriteOp[] = []
    for (const [stationId, frames] of batch) for (const op of await chaptersOf(stationId, frames)) ops.push(op)
    if (ops.length > 0) await store.write(ops)
  }

  const flush = async (): Promise<void> => {
    writing = writing
      .then(write)
      .catch((error) => log.warn({ err: error }, 'Part of the message log could not be written'))
    await writing
  }

  return {
    note: (stationId, direction, text, action, at) => {
      const frames = noted.get(stationId)
      const frame: NotedFrame = { at, direction, text, action }
      if (!frames) noted.set(stationId, [frame])
      // A flood is not worth its log: what does not fit between two flushes is left out.
      else if (frames.length < mostBetweenFlushes) frames.push(frame)
    },
    read: async (stationId, { limit = 200, containing, after = 0 } = {}) => {
      await flush()
      const frames: LoggedFrame[] = []
      const { items } = await newestOf(stationId, chapters)
      for (const chapter of items)
        for (const [at, direction, text] of unpack(chapter).toReversed()) {
          if (at <= after || frames.length >= limit) return frames
          if (containing === undefined || text.includes(containing))
            frames.push({ at: new Date(at).toISOString(), direction, text })
        }
      return frames
    },
    flush,
  }
}
