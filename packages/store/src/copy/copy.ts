import { WerenodeError } from '@werenode/core'
import { allDocs, allPoints, differences, type Sum, sumsOf } from './checksum.ts'
import { openReadable, openWritable, type PointPosition, type ReadablePoint } from './readable.ts'

export interface CopyProgress {
  readonly what: string
  readonly copied: number
}
export interface CopyReport {
  /** It went on where an earlier one had ended. */
  readonly resumed: boolean
  /** Entries written by this run. */
  readonly copied: number
  /** Of each collection, and of all series: the same in both stores. */
  readonly sums: Readonly<Record<string, Sum>>
}

/** How far a copy has come. */
interface Mark {
  /** Collections done, and the last id of the one under way. */
  readonly done: readonly string[]
  readonly collection?: string
  readonly id?: string
  readonly point?: PointPosition
}

/**
 * Copies a whole store into an empty one, with every revision and every point, and compares both by count and checksum at the end.
 * Interrupted, it goes on where it was when it is run again. The source must not be written to meanwhile: its node is stopped
 * (SQLite sees to that). Throws `conflict` when the target holds something else, or when the two differ in the end.
 */
export const copyStore = async (options: {
  readonly from: string
  readonly to: string
  readonly onProgress?: (progress: CopyProgress) => void
}): Promise<CopyReport> => {
  const { onProgress = () => undefined } = options
  const from = await openReadable(options.from)
  try {
    const to = await openWritable(options.to)
    try {
      const marked = await to.mark()
      if (marked === undefined && !(await to.isEmpty()))
        throw new WerenodeError('conflict', `The store ${to.name} is not empty`, {
          hint: 'Name an empty database or folder: what is there is never mixed with what is copied.',
        })
      let mark: Mark = marked === undefined ? { done: [] } : (JSON.parse(marked) as Mark)
      const remember = async (next: Mark): Promise<void> => {
        mark = next
        await to.setMark(JSON.stringify(next))
      }
      await remember(mark)
      const specs = await from.specs()
      await to.define(specs)
      let copied = 0
      for (const { name } of specs) {
        if (mark.done.includes(name)) continue
        const after = mark.collection === name ? mark.id : undefined
        for await (const docs of allDocs(from, name, after)) {
          await to.putDocs(name, docs)
          copied += docs.length
          await remember({ done: mark.done, collection: name, id: docs.at(-1)!.id })
          onProgress({ what: name, copied })
        }
        await remember({ done: [...mark.done, name] })
      }
      for await (const points of allPoints(from, mark.point as ReadablePoint | undefined)) {
        await to.putPoints(points)
        copied += points.length
        const { value: _, ...point } = points.at(-1)!
        await remember({ done: mark.done, point })
        onProgress({ what: 'series', copied })
      }
      onProgress({ what: 'comparing', copied })
      const sums = await sumsOf(from)
      const faults = differences(sums, await sumsOf(to))
      if (faults.length > 0)
        throw new WerenodeError('conflict', `The copy differs from ${from.name}: ${faults.slice(0, 5).join('; ')}`, {
          hint: 'Was somebody writing? Stop every node of both stores, empty the target and copy again.',
        })
      await to.setMark(undefined)
      return { resumed: marked !== undefined, copied, sums }
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}
