import type { Store, WriteOp } from '@werenode/core'
import type { Logger } from 'pino'
import { type Chapter, pack, unpack } from './chapter.ts'
import { hasDuplicateKeys } from './duplicate-keys.ts'
import { type ArenaFrame, createFrameArena, type FrameArena, framesIn } from './frame-arena.ts'
import { redactFrame } from './redact.ts'

/** One frame as it went over the line, without secrets. */
export interface LoggedFrame {
  readonly at: string
  readonly direction: 'in' | 'out'
  readonly text: string
}

/**
 * The last frames of each station: a ring of chapters, so that it never grows beyond its bound. Written in batches beside the
 * work; what a crash takes of it is lost to the reader, never to a charge.
 */
export interface MessageLog {
  /** `at` in ms since 1970; `action` names what the frame asks or answers, where that is known. */
  note(stationId: string, direction: 'in' | 'out', text: string, action: string | undefined, at: number): void
  /** Newest first. `pending` is what the process that holds the station has not written yet; default what this one has not. */
  read(stationId: string, options?: ReadOptions, pending?: PendingFrames): Promise<readonly LoggedFrame[]>
  /** What is noted and not written yet, and the number its chapter will have. */
  pending(stationId: string): Promise<PendingFrames>
  flush(): Promise<void>
}

export interface PendingFrames {
  readonly frames: readonly ArenaFrame[]
  /** Chapters from this number on were written later and hold these frames again. */
  readonly before: number
}

export interface ReadOptions {
  /** Default 200. */
  readonly limit?: number
  /** Only frames with this text in them. */
  readonly containing?: string
  readonly direction?: 'in' | 'out'
  /** Only frames after this time, ms since 1970. */
  readonly after?: number
  /** Only frames until this time, ms since 1970. */
  readonly until?: number
  /** So many of those that fit are left out. */
  readonly skip?: number
}

/** Firmware writes all its messages alike: the first frames of each flush are looked at, later ones here and there. */
const isLookedAt = (place: number): boolean => place < 4 || place % 32 === 0

const collection = 'ocpp_message_log'
const mostBetweenFlushes = 3_072
/** So many bytes of all stations are not kept waiting for the next flush. */
const mostBytesWaiting = 16 * 1024 * 1024
const longestFrame = 4_000
const mostInChapter = 128_000
const pageOfChapters = 32

export const createMessageLog = ({
  store,
  log,
  chapters = 512,
  onDuplicateKeys,
}: {
  store: Store
  log: Logger
  /** Kept for each station. A chapter is what was said between two flushes, 128,000 bytes at most. */
  chapters?: number
  onDuplicateKeys: (stationId: string) => void
}): MessageLog => {
  /** What each station said since the last flush: start and end of each frame in the arena. */
  let noted = new Map<string, number[]>()
  let arena = createFrameArena()
  /** Number of each station's next chapter. */
  const nextNumber = new Map<string, number>()
  let writing: Promise<void> = Promise.resolve()
  /** A flush is called for because the arena is full. */
  let isDue = false

  const newestOf = (stationId: string, limit: number) =>
    store.find<Chapter>(collection, { stationId }, { sort: [['number', -1]], limit })
  const chaptersBefore = async (stationId: string, number: number): Promise<readonly Chapter[]> => {
    const older = { stationId, number: { $lt: number } }
    return (await store.find<Chapter>(collection, older, { sort: [['number', -1]], limit: pageOfChapters })).items
  }

  /** Where the station's log stood when this process first writes to it. */
  const firstNumber = async (stationId: string): Promise<number> => {
    const { items } = await newestOf(stationId, 1)
    return (items[0]?.number ?? -1) + 1
  }

  const chaptersOf = async (
    from: FrameArena,
    stationId: string,
    places: readonly number[],
  ): Promise<readonly WriteOp[]> => {
    const ops: WriteOp[] = []
    let number = nextNumber.get(stationId) ?? (await firstNumber(stationId))
    for (let first = 0; first < places.length; ) {
      let next = first
      for (let size = 0; next < places.length && size < mostInChapter; next += 2)
        size += places[next + 1]! - places[next]!
      const frames = pack(from.collect(places.slice(first, next)))
      const doc: Chapter = { _id: `${stationId}/${number % chapters}`, stationId, number, ...frames }
      ops.push({ op: 'put', in: collection, doc })
      number += 1
      first = next
    }
    nextNumber.set(stationId, number)
    return ops
  }

  const write = async (): Promise<void> => {
    if (noted.size === 0) return
    const [batch, from] = [noted, arena]
    isDue = false
    noted = new Map()
    arena = createFrameArena()
    const ops: WriteOp[] = []
    try {
      for (const [stationId, told] of batch) for (const op of await chaptersOf(from, stationId, told)) ops.push(op)
    } finally {
      from.release()
    }
    await store.write(ops)
  }

  const flush = async (): Promise<void> => {
    writing = writing
      .then(write)
      .catch((error) => log.warn({ err: error }, 'Part of the message log could not be written'))
    await writing
  }

  const pending = async (stationId: string): Promise<PendingFrames> => {
    for (let seen: Promise<void> | undefined; seen !== writing; ) {
      seen = writing
      await seen
      if (nextNumber.has(stationId)) continue
      const number = await firstNumber(stationId)
      if (!nextNumber.has(stationId)) nextNumber.set(stationId, number)
    }
    // Nothing is on its way to the store at this moment.
    const places = noted.get(stationId) ?? []
    return { frames: framesIn(arena.collect(places).toString('utf8')), before: nextNumber.get(stationId)! }
  }

  return {
    note: (stationId, direction, text, action, at) => {
      let told = noted.get(stationId)
      if (!told) {
        told = []
        noted.set(stationId, told)
      }
      const place = told.length / 2
      // A flood is not worth its log: what does not fit between two flushes is left out.
      if (place >= mostBetweenFlushes) return
      if (direction === 'in' && isLookedAt(place) && hasDuplicateKeys(text)) onDuplicateKeys(stationId)
      const kept = redactFrame(text, action)
      arena.add(told, at, direction, kept.length > longestFrame ? kept.slice(0, longestFrame) : kept)
      if (arena.length < mostBytesWaiting || isDue) return
      isDue = true
      void flush()
    },
    pending,
    read: async (stationId, options = {}, given = undefined) => {
      const { limit = 200, containing, direction: wanted, after = 0, until = Number.POSITIVE_INFINITY } = options
      let left = options.skip ?? 0
      const frames: LoggedFrame[] = []
      /** False when enough was found. */
      const take = (some: readonly ArenaFrame[]): boolean => {
        for (const { at, direction, text } of some.toReversed()) {
          if (at <= after || frames.length >= limit) return false
          const fits =
            at <= until &&
            (wanted === undefined || direction === wanted) &&
            (containing === undefined || text.includes(containing))
          if (!fits) continue
          if (left > 0) left -= 1
          else frames.push({ at: new Date(at).toISOString(), direction, text })
        }
        return true
      }
      const { frames: unwritten, before } = given ?? (await pending(stationId))
      if (!take(unwritten)) return frames
      // A page at a time: whoever follows wants the newest alone.
      for (let from = before; ; ) {
        const page = await chaptersBefore(stationId, from)
        for (const chapter of page) if (!take(unpack(chapter))) return frames
        if (page.length < pageOfChapters) return frames
        from = page.at(-1)!.number
      }
    },
    flush,
  }
}
