import { type FindOptions, type Point, WerenodeError, type WriteOp } from '@werenode/core'
import { plainJson } from './json.ts'
import { parsePath } from './path.ts'
import type { SortKey, WireOp } from './sqlite/protocol.ts'

const refuse = (message: string, hint?: string): never => {
  throw new WerenodeError('invalid-input', message, hint === undefined ? {} : { hint })
}

/** Nearly every id is so. */
const isPrintable = (id: string): boolean => /^[\x20-\x7e]+$/.test(id)
const isText = (id: string): boolean => id !== '' && id.isWellFormed() && !/\p{Cc}/u.test(id)

/** Any well-formed text without control characters; what it means is its owner's business. */
export const checkId = (id: unknown, where: string): string => {
  if (typeof id !== 'string' || id.length > 512 || !(isPrintable(id) || isText(id))) {
    return refuse(
      `${where}: ${JSON.stringify(id)} is not an id`,
      'An id is 1 to 512 characters of text without control characters.',
    )
  }
  return id
}

/** Whether it is defined, the store knows; here only what could not even be asked is refused. */
export const checkCollection = (name: unknown): string =>
  typeof name === 'string' ? name : refuse(`A collection is named by a text, not by a ${typeof name}`)

const checkRev = (rev: unknown, least: number, where: string): number =>
  Number.isSafeInteger(rev) && (rev as number) >= least
    ? (rev as number)
    : refuse(`${where}: ${String(rev)} is not a revision`)

export const checkNumber = (value: unknown, least: number, most: number, what: string): number =>
  typeof value === 'number' && value >= least && value <= most
    ? value
    : refuse(`${what} of ${String(value)} is not from ${least} to ${most}`)

export const checkInteger = (value: unknown, least: number, most: number, what: string): number =>
  Number.isSafeInteger(value)
    ? checkNumber(value, least, most, what)
    : refuse(`${what} of ${String(value)} is not a whole number`)

export const checkLimit = (limit: number | undefined): number => checkInteger(limit ?? 100, 1, 10_000, 'A limit')

export const checkSort = (sort: FindOptions['sort']): SortKey[] => {
  const keys = (sort ?? []).map(([path, direction]): SortKey => {
    if (direction !== 1 && direction !== -1) refuse(`Sort direction of ${path} is ${String(direction)}, not 1 or -1`)
    return [parsePath(path, 'Sort'), direction]
  })
  if (keys.length > 4) refuse('A sort has at most 4 keys')
  return keys
}

const wirePoint = (point: Point, where: string): readonly [number, string] => {
  if (!Number.isSafeInteger(point.at)) refuse(`${where}: a point at ${String(point.at)}, not whole milliseconds`)
  return [point.at, plainJson(point.value ?? null, where)]
}

/** Checks one op and turns its documents into JSON text, in the caller's turn: what he changes afterwards is not written. */
export const wireOp = (op: WriteOp): WireOp => {
  if (op.op !== 'append') checkCollection(op.in)
  switch (op.op) {
    case 'insert':
    case 'put':
    case 'replace': {
      const id = checkId(op.doc?._id, `${op.op} in ${op.in}`)
      const { _rev, ...doc } = op.doc
      const json = plainJson(doc, `${op.in} ${id}`)
      if (op.op !== 'replace') return { op: op.op, in: op.in, id, json }
      return { op: 'replace', in: op.in, id, json, rev: checkRev(op.rev, 1, `replace ${op.in} ${id}`) }
    }
    case 'delete': {
      const id = checkId(op.id, `delete in ${op.in}`)
      if (op.rev === undefined) return { op: 'delete', in: op.in, id }
      return { op: 'delete', in: op.in, id, rev: checkRev(op.rev, 1, `delete ${op.in} ${id}`) }
    }
    case 'check': {
      const id = checkId(op.id, `check in ${op.in}`)
      return { op: 'check', in: op.in, id, rev: checkRev(op.rev, 0, `check ${op.in} ${id}`) }
    }
    case 'append': {
      const key = checkId(op.key, `append to ${op.series}`)
      const where = `${checkId(op.series, 'append')} ${key}`
      if (!Array.isArray(op.points)) return refuse(`${where}: the points are not an array`)
      return { op: 'append', series: op.series, key, points: op.points.map((point) => wirePoint(point, where)) }
    }
    default:
      return refuse(`Unknown op ${JSON.stringify((op as { op: unknown }).op)}`)
  }
}

/** Words to search, as the text index splits them: what holds no letter or digit is no word. */
export const searchWords = (words: unknown): string[] => {
  if (typeof words !== 'string') return refuse('text needs words to search')
  return words
    .slice(0, 500)
    .toWellFormed()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 20)
}
