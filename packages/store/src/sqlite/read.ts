import { WerenodeError } from '@werenode/core'
import { boxesAround, EARTH_RADIUS_M, splitBox } from '../geo.ts'
import type { Collection } from './collections.ts'
import type { Connection, Row } from './connection.ts'
import type { Calls, Position, SortKey, WireDoc } from './protocol.ts'
import { conditionSql, jsonAt, type Sql, type SqlValue, valueAt } from './sql.ts'

type Ask<V extends keyof Calls> = Calls[V]['ask']
type Answer<V extends keyof Calls> = Calls[V]['answer']

const wireDoc = (row: Row): WireDoc => [String(row[0]), Number(row[1])]

export const getMany = (connection: Connection, { table }: Collection, ids: readonly string[]): Answer<'getMany'> => {
  const docs: WireDoc[] = []
  for (const id of ids) {
    const row = connection.first(`SELECT doc, rev FROM ${table} WHERE id = ?`, id)
    if (row !== undefined) docs.push(wireDoc(row))
  }
  return docs
}

/** A cursor's value read by the same JSON parser that read the stored one, so that equal stays equal. */
const cursorValue = "json_extract(?,'$')"

const isNull = (key: string | null): key is null | 'null' => key === null || key === 'null'

interface Stretch extends Sql {
  /** So many leading sort keys have one value in all of the stretch. */
  readonly constant: number
}

/**
 * The rest of an ordered list after a position, as consecutive stretches: first what ties with the position in all keys but has a
 * later id, then what ties in all but the last key and comes later in that, and so on. Each stretch is one plain range of an index,
 * whatever the directions and however many values are missing (missing and null come first when ascending, last when descending).
 */
const stretches = (sort: readonly SortKey[], after: Position): Stretch[] => {
  const list: Stretch[] = []
  /** `same` keys tie with the position, the next one fulfils `then`; the first `constant` keys are the same in all of the stretch. */
  const push = (same: number, then: Sql, constant = same): void => {
    const ties = sort.slice(0, same).map(([path], i): Sql => {
      const key = after.keys[i]!
      return isNull(key)
        ? { text: `${valueAt(path)} IS NULL`, values: [] }
        : { text: `${valueAt(path)} = ${cursorValue}`, values: [key] }
    })
    const parts = [...ties, then]
    list.push({
      text: parts.map((part) => part.text).join(' AND '),
      values: parts.flatMap((part) => part.values),
      constant,
    })
  }
  push(sort.length, { text: `id ${lastDirection(sort) === 1 ? '>' : '<'} ?`, values: [after.id] })
  for (let n = sort.length - 1; n >= 0; n--) {
    const [path, direction] = sort[n]!
    const key = after.keys[n] ?? null
    if (direction === 1) {
      if (isNull(key)) push(n, { text: `${valueAt(path)} IS NOT NULL`, values: [] })
      else push(n, { text: `${valueAt(path)} > ${cursorValue}`, values: [key] })
    } else if (!isNull(key)) {
      push(n, { text: `${valueAt(path)} < ${cursorValue}`, values: [key] })
      push(n, { text: `${valueAt(path)} IS NULL`, values: [] }, n + 1)
    }
  }
  return list
}

/** Ties are broken by id, in the direction of the last sort key: an index that ends in the id then serves both ways. */
const lastDirection = (sort: readonly SortKey[]): 1 | -1 => sort.at(-1)?.[1] ?? 1

export const find = (connection: Connection, collection: Collection, ask: Ask<'find'>): Answer<'find'> => {
  const { sort, limit } = ask
  const filter = conditionSql(ask.filter, collection.isLiteral)
  const order = [...sort, ['_id', lastDirection(sort)] as const].map(
    ([path, direction]) => `${valueAt(path)} ${direction === 1 ? 'ASC' : 'DESC'}`,
  )
  const columns = ['doc', 'rev', 'id', ...sort.map(([path]) => jsonAt(path))].join(', ')
  const rows: Row[] = []
  const parts = ask.after === undefined ? [{ text: '1', values: [], constant: 0 }] : stretches(sort, ask.after)
  for (const part of parts) {
    // One more than asked tells whether there is a next page.
    const wanted = limit + 1 - rows.length
    if (wanted <= 0) break
    // What is constant need not be sorted by; SQLite does not see that by itself.
    const orderBy = order.slice(part.constant).join(', ')
    const text = `SELECT ${columns} FROM ${collection.table} WHERE (${filter.text}) AND ${part.text} ORDER BY ${orderBy} LIMIT ?`
    rows.push(...connection.all({ text, values: [...filter.values, ...part.values, wanted] }))
  }
  const docs = rows.slice(0, limit).map(wireDoc)
  if (rows.length <= limit) return { docs }
  const last = rows[limit - 1]!
  return { docs, end: { id: String(last[2]), keys: last.slice(3).map((key) => (key === null ? null : String(key))) } }
}

export const count = (connection: Connection, collection: Collection, ask: Ask<'count'>): number => {
  const filter = conditionSql(ask.filter, collection.isLiteral)
  const [row] = connection.all({
    text: `SELECT count(*) FROM ${collection.table} WHERE ${filter.text}`,
    values: filter.values,
  })
  return Number(row![0])
}

const geoOf = (collection: Collection): string => {
  if (collection.spec.geo !== undefined) return `g_${collection.name}`
  throw new WerenodeError('invalid-input', `Collection ${collection.name} has no geo index`, {
    hint: 'Define it with geo: the path of its { lon, lat }.',
  })
}

const isEverything = (ask: { filter: Ask<'find'>['filter'] }): boolean =>
  ask.filter.is === 'and' && ask.filter.parts.length === 0

const docByRow = (connection: Connection, collection: Collection, n: SqlValue): WireDoc =>
  wireDoc(connection.first(`SELECT doc, rev FROM ${collection.table} WHERE n = ?`, n)!)

const haversine = `${2 * EARTH_RADIUS_M} * asin(min(1, sqrt(
  pow(sin(radians(g.lat - ?) / 2), 2) + cos(radians(?)) * cos(radians(g.lat)) * pow(sin(radians(g.lon - ?) / 2), 2))))`

const nearWithin = (connection: Connection, collection: Collection, ask: Ask<'near'>, radiusM: number): Row[] => {
  const geo = geoOf(collection)
  const filter = conditionSql(ask.filter, collection.isLiteral)
  const boxes = boxesAround(ask.lon, ask.lat, radiusM)
  const source = isEverything(ask) ? `${geo} AS g` : `${geo} AS g CROSS JOIN ${collection.table} AS c ON c.n = g.n`
  const parts = boxes.map(
    () =>
      `SELECT g.n AS n, ${haversine} AS d FROM ${source} WHERE g.w <= ? AND g.e >= ? AND g.s <= ? AND g.t >= ? AND (${filter.text})`,
  )
  const values = boxes.flatMap((box) => [
    ...[ask.lat, ask.lat, ask.lon],
    ...[box.east, box.west, box.north, box.south],
    ...filter.values,
  ])
  // Materialized, else SQLite would reckon each distance once to compare and once more to sort. Grouped, because a point on the
  // antimeridian itself lies in both halves of a split box.
  const found =
    boxes.length === 1 ? 'SELECT n, d FROM f WHERE d <= ?' : 'SELECT n, min(d) AS d FROM f WHERE d <= ? GROUP BY n'
  const text = `WITH f AS MATERIALIZED (${parts.join(' UNION ALL ')}) ${found} ORDER BY d, n LIMIT ?`
  return connection.all({ text, values: [...values, radiusM, ask.limit] })
}

/** The first circle searched, and how much wider the next one is. */
const FIRST_RADIUS_M = 5_000
const WIDER = 5

/** Searches growing circles: whoever asks for the ten nearest within 500 km does not make us sort a whole country. */
export const near = (connection: Connection, collection: Collection, ask: Ask<'near'>): Answer<'near'> => {
  let radiusM = Math.min(ask.radiusM, FIRST_RADIUS_M)
  let rows = nearWithin(connection, collection, ask, radiusM)
  while (rows.length < ask.limit && radiusM < ask.radiusM) {
    radiusM = Math.min(ask.radiusM, radiusM * WIDER)
    rows = nearWithin(connection, collection, ask, radiusM)
  }
  return rows.map(([n, distance]) => [docByRow(connection, collection, n as number), Number(distance)])
}

/** Degrees, about 10 cm. */
const MARGIN = 1e-6

export const box = (connection: Connection, collection: Collection, ask: Ask<'box'>): Answer<'box'> => {
  const geo = geoOf(collection)
  const filter = conditionSql(ask.filter, collection.isLiteral)
  const boxes = splitBox(ask.box)
  const source = isEverything(ask) ? `${geo} AS g` : `${geo} AS g CROSS JOIN ${collection.table} AS c ON c.n = g.n`
  // The tree keeps its sides as 32-bit floats: it is asked for a little more, and the exact position decides.
  const parts = boxes.map(
    () => `SELECT g.n AS n FROM ${source} WHERE g.w <= ? AND g.e >= ? AND g.s <= ? AND g.t >= ?
      AND g.lon BETWEEN ? AND ? AND g.lat BETWEEN ? AND ? AND (${filter.text})`,
  )
  const values = boxes.flatMap(({ west, east, south, north }) => [
    ...[east + MARGIN, west - MARGIN, north + MARGIN, south - MARGIN],
    ...[west, east, south, north],
    ...filter.values,
  ])
  // By id, so that the next page of a box is the same box with a greater id.
  const kept = `SELECT id, n FROM ${collection.table} WHERE n IN (${parts.join(' UNION ')}) ORDER BY +id LIMIT ?`
  return connection
    .all({ text: kept, values: [...values, ask.limit] })
    .map(([, n]) => docByRow(connection, collection, n as number))
}

export const text = (connection: Connection, collection: Collection, ask: Ask<'text'>): Answer<'text'> => {
  if (!collection.spec.text?.length) {
    throw new WerenodeError('invalid-input', `Collection ${collection.name} has no text index`, {
      hint: 'Define it with text: the paths to search.',
    })
  }
  if (ask.words.length === 0) return []
  const index = `t_${collection.name}`
  const filter = conditionSql(ask.filter, collection.isLiteral)
  const match = ask.words.map((word) => `"${word}" *`).join(' AND ')
  const sql = `SELECT doc, rev FROM ${index} AS t CROSS JOIN ${collection.table} AS c ON c.n = t.rowid
    WHERE t.${index} MATCH ? AND (${filter.text}) ORDER BY t.rank, c.n LIMIT ?`
  return connection.all({ text: sql, values: [match, ...filter.values, ask.limit] }).map(wireDoc)
}

export const range = (connection: Connection, ask: Ask<'range'>): Answer<'range'> => {
  const direction = ask.newestFirst ? 'DESC' : 'ASC'
  const rows = connection.all({
    text: `SELECT at, value FROM points WHERE s = (SELECT n FROM series WHERE series = ? AND key = ?) AND at >= ? AND at < ?
      ORDER BY at ${direction}, i ${direction} LIMIT ?`,
    values: [ask.series, ask.key, ask.from, ask.to, ask.limit],
  })
  return rows.map(([at, json]) => [Number(at), String(json)])
}
