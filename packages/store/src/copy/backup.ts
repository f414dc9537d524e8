import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable as Stream } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { type CollectionSpec, WerenodeError } from '@werenode/core'
import { allDocs, allPoints, createSum, differences, type Sum, sumsOf } from './checksum.ts'
import { openReadable, openWritable, type Readable, type ReadableDoc, type ReadablePoint } from './readable.ts'

export interface BackupReport {
  /** All of it is of one moment, though others wrote. */
  readonly oneMoment: boolean
  readonly sums: Readonly<Record<string, Sum>>
}

const FORMAT = 'werenode store backup'
interface Head {
  readonly format: typeof FORMAT
  readonly version: 1
  readonly specs: readonly CollectionSpec[]
}
interface Foot {
  readonly sums: Readonly<Record<string, Sum>>
}
/** `c` begins a collection, `d` is a document of it, `p` a point. */
type Line =
  | { readonly c: string }
  | { readonly d: readonly [id: string, rev: number, doc: ReadableDoc['doc']] }
  | { readonly p: readonly [series: string, key: string, at: number, order: number, value: unknown] }

const isHead = (value: unknown): value is Head =>
  typeof value === 'object' && value !== null && (value as Head).format === FORMAT && (value as Head).version === 1

async function* linesOf(from: Readable, sums: Record<string, Sum>): AsyncGenerator<string> {
  const line = (value: Line | Head | Foot): string => `${JSON.stringify(value)}\n`
  const specs = await from.specs()
  yield line({ format: FORMAT, version: 1, specs })
  for (const { name } of specs) {
    const sum = createSum()
    yield line({ c: name })
    for await (const docs of allDocs(from, name)) {
      for (const doc of docs) sum.doc(doc)
      yield docs.map(({ id, rev, doc }) => line({ d: [id, rev, doc] })).join('')
    }
    sums[name] = sum.done()
  }
  const sum = createSum()
  for await (const points of allPoints(from)) {
    for (const point of points) sum.point(point)
    yield points.map((p) => line({ p: [p.series, p.key, p.at, p.order, p.value] })).join('')
  }
  sums['(series)'] = sum.done()
  yield line({ sums })
}

/**
 * Writes a store into one compressed file, which takes its name only when it is whole and on the disk. The node may run meanwhile:
 * what is written is of one moment where the store can give that (`oneMoment`).
 */
export const backupStore = async (options: { readonly from: string; readonly file: string }): Promise<BackupReport> => {
  const from = await openReadable(options.from)
  const part = `${options.file}.part`
  try {
    const sums: Record<string, Sum> = {}
    await pipeline(Stream.from(linesOf(from, sums)), createGzip(), createWriteStream(part, { mode: 0o600 }))
    const handle = await open(part, 'r+')
    await handle.sync()
    await handle.close()
    await rename(part, options.file)
    return { oneMoment: from.oneMoment, sums }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await from.close()
  }
}

const damaged = (file: string, cause?: unknown): WerenodeError =>
  new WerenodeError('invalid-input', `${file} is not a whole backup of a store`, {
    hint: 'Take another one: it was cut off, damaged, or is of another program.',
    ...(cause === undefined ? {} : { cause }),
  })

async function* parsed(file: string): AsyncGenerator<unknown> {
  const unzipped = createReadStream(file).pipe(createGunzip())
  const failed = new Promise<never>((_, reject) => unzipped.once('error', (cause) => reject(damaged(file, cause))))
  failed.catch(() => undefined)
  const lines = createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  for (;;) {
    let value: unknown
    try {
      const next = await Promise.race([lines.next(), failed])
      if (next.done) return
      value = JSON.parse(next.value)
    } catch (cause) {
      throw damaged(file, cause)
    }
    yield value
  }
}

const BATCH = 1_000

/** Brings a backup into an empty store and compares it with what the file says of itself. A file that is cut off is refused. */
export const restoreStore = async (options: { readonly file: string; readonly to: string }): Promise<BackupReport> => {
  const { file } = options
  const to = await openWritable(options.to)
  try {
    const restoring = `restore ${file}`
    if (!(await to.isEmpty()) && (await to.mark()) !== restoring)
      throw new WerenodeError('conflict', `The store ${to.name} is not empty`, {
        hint: 'Restore into an empty database or folder, then point the node at it.',
      })
    await to.setMark(restoring)
    let collection: string | undefined
    let docs: ReadableDoc[] = []
    let points: ReadablePoint[] = []
    let foot: Foot | undefined
    const flush = async (): Promise<void> => {
      if (docs.length > 0 && collection !== undefined) await to.putDocs(collection, docs)
      if (points.length > 0) await to.putPoints(points)
      docs = []
      points = []
    }
    let first = true
    for await (const value of parsed(file)) {
      if (first) {
        if (!isHead(value)) throw damaged(file)
        await to.define(value.specs)
        first = false
        continue
      }
      const line = value as Partial<
        { c: string; d: [string, number, ReadableDoc['doc']]; p: [string, string, number, number, unknown] } & Foot
      >
      if (line.sums !== undefined) foot = { sums: line.sums }
      else if (line.c !== undefined) {
        await flush()
        collection = line.c
      } else if (line.d !== undefined) docs.push({ id: line.d[0], rev: line.d[1], doc: line.d[2] })
      else if (line.p !== undefined) {
        const [series, key, at, order, held] = line.p
        points.push({ series, key, at, order, value: held })
      } else throw damaged(file)
      if (docs.length + points.length >= BATCH) await flush()
    }
    await flush()
    if (foot === undefined) throw damaged(file)
    const faults = differences(foot.sums, await sumsOf(to))
    if (faults.length > 0)
      throw new WerenodeError('conflict', `What was restored differs from ${file}: ${faults.slice(0, 5).join('; ')}`, {
        hint: 'Empty the target and restore again; if it happens again, take another backup.',
      })
    await to.setMark(undefined)
    return { oneMoment: true, sums: foot.sums }
  } finally {
    await to.close()
  }
}
