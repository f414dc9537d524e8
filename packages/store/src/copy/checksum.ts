import { createHash } from 'node:crypto'
import type { Readable, ReadableDoc, ReadablePoint } from './readable.ts'

/** The same text for the same value, whatever order its names come in. */
const canonical = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value === 0 ? 0 : value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`).join()}}`
}

/** How much is in one collection (or in all series), and what it comes to. */
export interface Sum {
  readonly count: number
  readonly sha256: string
}
export interface Summing {
  doc(doc: ReadableDoc): void
  point(point: ReadablePoint): void
  done(): Sum
}

export const createSum = (): Summing => {
  const hash = createHash('sha256')
  let count = 0
  const take = (line: string): void => {
    count++
    hash.update(line).update('\n')
  }
  return {
    doc: ({ id, rev, doc }) => take(`${JSON.stringify(id)} ${rev} ${canonical(doc)}`),
    // Its order among points of one time is a place, not a value: only what comes out counts.
    point: ({ series, key, at, value }) => take(`${JSON.stringify([series, key, at])} ${canonical(value)}`),
    done: () => ({ count, sha256: hash.digest('hex') }),
  }
}

const BATCH = 500

export async function* allDocs(
  from: Readable,
  collection: string,
  after?: string,
): AsyncGenerator<readonly ReadableDoc[]> {
  for (let last = after; ; ) {
    const docs = await from.docs(collection, last, BATCH)
    if (docs.length > 0) yield docs
    if (docs.length < BATCH) return
    last = docs.at(-1)!.id
  }
}
export async function* allPoints(from: Readable, after?: ReadablePoint): AsyncGenerator<readonly ReadablePoint[]> {
  for (let last = after; ; ) {
    const points = await from.points(last, BATCH)
    if (points.length > 0) yield points
    if (points.length < BATCH) return
    last = points.at(-1)!
  }
}

/** Reads a whole store once. */
export const sumsOf = async (from: Readable): Promise<Record<string, Sum>> => {
  const sums: Record<string, Sum> = {}
  for (const { name } of await from.specs()) {
    const sum = createSum()
    for await (const docs of allDocs(from, name)) for (const doc of docs) sum.doc(doc)
    sums[name] = sum.done()
  }
  const sum = createSum()
  for await (const points of allPoints(from)) for (const point of points) sum.point(point)
  sums['(series)'] = sum.done()
  return sums
}

/** Sentences about what differs; empty when both are the same. */
export const differences = (here: Readonly<Record<string, Sum>>, there: Readonly<Record<string, Sum>>): string[] =>
  [...new Set([...Object.keys(here), ...Object.keys(there)])].flatMap((name) => {
    const [a, b] = [here[name], there[name]]
    if (a?.count !== b?.count) return [`${name}: ${a?.count ?? 'nothing'} here, ${b?.count ?? 'nothing'} there`]
    return a?.sha256 === b?.sha256 ? [] : [`${name}: the same number of entries, but they differ`]
  })
