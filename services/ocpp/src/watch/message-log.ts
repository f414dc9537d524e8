import type { Clock, Doc, Store, WriteOp } from '@werenode/core'
import type { Logger } from 'pino'
import { hasDuplicateKeys } from './duplicate-keys.ts'
import { redactFrame } from './redact.ts'

/** One frame as it went over the line, without secrets. */
export interface LoggedFrame {
  readonly at: string
  readonly direction: 'in' | 'out'
  readonly text: string
}

interface Chapter extends Doc {
  readonly _id: string
  readonly stationId: string
  readonly number: number
  readonly frames: readonly KeptFrame[]
}

/** Ten times as many are written as are ever read: they are kept short. */
type KeptFrame = readonly [at: number, direction: 'in' | 'out', text: string]

/**
 * The last frames of each station: a ring of chapters, so that it never grows beyond its bound. Written in batches beside the
 * work; what a crash takes of it is lost to the reader, never to a charge.
 */
export interface MessageLog {
  note(stationId: string, direction: 'in' | 'out', text: string, action?: string): void
  /** Newest first. */
  read(stationId: string, options?: { limit?: number; containing?: string }): Promise<readonly LoggedFrame[]>
  flush(): Promise<void>
}

/** Firmware writes all its messages alike: its first chapters are looked at closely, later ones here and there. */
const isLookedAt = ({ number, frames }: { number: number; frames: readonly KeptFrame[] }): boolean =>
  number < 16 || frames.length % 16 === 0

const framesInChapter = 16
const mostBetweenFlushes = 512
const longestFrame = 4_000

export const createMessageLog = ({
  store,
  clock,
  log,
  chapters = 128,
  onDuplicateKeys,
}: {
  store: Store
  clock: Clock
  log: Logger
  /** Kept for each station: 128 chapters are the last 2,000 frames. */
  chapters?: number
  onDuplicateKeys: (stationId: string) => void
}): MessageLog => {
  let noted = new Map<string, { at: number; direction: 'in' | 'out'; text: string; action: string | undefined }[]>()
  const written = new Map<string, { number: number; frames: KeptFrame[] }>()
  let writing: Promise<void> = Promise.resolve()

  const idOf = (stationId: string, number: number): string => `${stationId}/${number % chapters}`

  /** Where the station's log stood when this process first writes to it. */
  const openOf = async (stationId: string) => {
    const known = written.get(stationId)
    if (known) return known
    const { items } = await store.find<Chapter>('ocpp_message_log', { stationId }, { sort: [['number', -1]], limit: 1 })
    const open = { number: items[0]?.number ?? 0, frames: [...(items[0]?.frames ?? [])] }
    written.set(stationId, open)
    return open
  }

  const write = async (): Promise<void> => {
    const batch = noted
    noted = new Map()
    const ops: WriteOp[] = []
    for (const [stationId, frames] of batch) {
      const open = await openOf(stationId)
      const put = (): void => {
        const doc: Chapter = {
          _id: idOf(stationId, open.number),
          stationId,
          number: open.number,
          frames: [...open.frames],
        }
        ops.push({ op: 'put', in: 'ocpp_message_log', doc })
      }
      for (const { at, direction, text, action } of frames) {
        if (open.frames.length >= framesInChapter) {
          put()
          open.number += 1
          open.frames.length = 0
        }
        if (direction === 'in' && isLookedAt(open) && hasDuplicateKeys(text)) onDuplicateKeys(stationId)
        const kept = redactFrame(text, action)
        open.frames.push([at, direction, kept.length > longestFrame ? kept.slice(0, longestFrame) : kept])
      }
      put()
    }
    if (ops.length > 0) await store.write(ops)
  }

  const flush = async (): Promise<void> => {
    writing = writing
      .then(write)
      .catch((error) => log.warn({ err: error }, 'Part of the message log could not be written'))
    await writing
  }

  return {
    note: (stationId, direction, text, action) => {
      const frames = noted.get(stationId)
      const frame = { at: clock().getTime(), direction, text, action }
      if (!frames) noted.set(stationId, [frame])
      // A flood is not worth its log: what does not fit between two flushes is left out.
      else if (frames.length < mostBetweenFlushes) frames.push(frame)
    },
    read: async (stationId, { limit = 200, containing } = {}) => {
      await flush()
      const { items } = await store.find<Chapter>(
        'ocpp_message_log',
        { stationId },
        { sort: [['number', -1]], limit: chapters },
      )
      const frames = items
        .flatMap((chapter) => [...chapter.frames].reverse())
        .map(([at, direction, text]) => ({ at: new Date(at).toISOString(), direction, text }))
      const wanted = containing === undefined ? frames : frames.filter((frame) => frame.text.includes(containing))
      return wanted.slice(0, limit)
    },
    flush,
  }
}
