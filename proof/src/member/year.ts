import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Address } from '@werenode/core'
import { openSqliteStore } from '@werenode/store'
import { openDataFolder } from '../../../apps/cli/src/node/folders.ts'
import { pickYear, realLines, recordsOf } from '../../../apps/member/test/real-year.ts'

const collection = 'manager_sessions'

/** Puts a year of real-shaped, settled sessions of one driver into the store of a node that does not run. */
export const importYear = async (folder: string, driver: Address, count: number): Promise<void> => {
  const lines = realLines()
  const records = recordsOf(lines, pickYear(lines, count, new Date(Date.now() - 86_400_000)), driver)
  const data = await openDataFolder(folder, { fresh: false })
  const store = await openSqliteStore({ folder: data.path })
  await store.define([{ name: collection }])
  for (let from = 0; from < records.length; from += 500)
    await store.write(
      records.slice(from, from + 500).map((record) => ({ op: 'insert' as const, in: collection, doc: { ...record } })),
    )
  await store.close()
}

export interface Sums {
  readonly count: number
  readonly energyWh: number
  readonly costMicro: bigint
  /** By `YYYY-MM` of the plugs' clock (Paris), by hour and weekday of it, by place. */
  readonly costByMonth: ReadonlyMap<string, number>
  readonly energyByMonth: ReadonlyMap<string, number>
  readonly countByHour: ReadonlyMap<string, number>
  readonly countByWeekday: ReadonlyMap<string, number>
  readonly costByPlace: ReadonlyMap<string, number>
  readonly costByOperator: ReadonlyMap<string, number>
  /** Newest and oldest of all. */
  readonly newest: string
  readonly oldest: string
}

/** What plain SQL over the imported file says. Summer time by the letter of the law: last Sundays of March and October, 01:00 UTC. */
export const sumsOf = (folder: string): Sums => {
  const db = new DatabaseSync(join(folder, 'store.db'), { readOnly: true })
  const sessions = `WITH s AS (SELECT id, json_extract(doc, '$.lastWh') AS wh, cast(json_extract(doc, '$.paidMicro') AS INTEGER) AS micro,
    json_extract(doc, '$.locationName') AS place, json_extract(doc, '$.party') AS party, json_extract(doc, '$.createdAt') AS made,
    datetime(json_extract(doc, '$.startedAt')) AS utc FROM c_${collection}),
    m AS (SELECT *, datetime(utc, CASE WHEN utc >= date(strftime('%Y', utc) || '-03-25', 'weekday 0') || ' 01:00:00'
      AND utc < date(strftime('%Y', utc) || '-10-25', 'weekday 0') || ' 01:00:00' THEN '+2 hours' ELSE '+1 hour' END) AS local FROM s)`
  const all = (select: string) => db.prepare(`${sessions} ${select}`).all() as Record<string, string | number>[]
  const map = (key: string, figure: string): ReadonlyMap<string, number> =>
    new Map(
      all(`SELECT ${key} AS key, ${figure} AS figure FROM m GROUP BY 1`).map((row) => [
        String(row.key),
        Number(row.figure),
      ]),
    )
  const [sum] = all('SELECT count(*) AS n, sum(wh) AS wh, sum(micro) AS micro FROM m')
  const edge = (order: string): string =>
    String(all(`SELECT id FROM m ORDER BY made ${order}, id ${order} LIMIT 1`)[0]!.id)
  const month = "strftime('%Y-%m', local)"
  const sums = {
    count: Number(sum!.n),
    energyWh: Number(sum!.wh),
    costMicro: BigInt(sum!.micro!),
    costByMonth: map(month, 'sum(micro)'),
    energyByMonth: map(month, 'sum(wh)'),
    countByHour: map("cast(strftime('%H', local) AS INTEGER)", 'count(*)'),
    countByWeekday: map("(strftime('%w', local) + 6) % 7", 'count(*)'),
    costByPlace: map('place', 'sum(micro)'),
    costByOperator: map('party', 'sum(micro)'),
    newest: edge('DESC'),
    oldest: edge('ASC'),
  }
  db.close()
  return sums
}
