import { DatabaseSync } from 'node:sqlite'
import { toView } from '@werenode/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Charge, chargeOf } from '../src/charges/charge.ts'
import { lastDayOf, localMoment, monthAfter } from '../src/charges/local-moment.ts'
import type { Session } from '../src/charges/session.ts'
import { carbonOf } from '../src/insights/carbon.ts'
import { byHour, byMonth, byWeekday, groupsOf, withRest } from '../src/insights/groups.ts'
import { idleFeesOf } from '../src/insights/idle-fees.ts'
import { compareWithPast } from '../src/insights/past.ts'
import { priceShape, shapeOf, tariffOf } from '../src/insights/price-charge.ts'
import { spanBefore, spanOf, within } from '../src/insights/span.ts'
import { pricePerKWhMicro, totalsOf } from '../src/insights/totals.ts'
import { otherHours, otherPlugs } from '../src/insights/what-if.ts'
import { pickYear, realLines, recordsOf } from './real-year.ts'

const until = new Date('2026-11-20T00:00:00Z')
const driver = '0x1111111111111111111111111111111111111111'
const db = new DatabaseSync(':memory:')
let charges: readonly Charge[] = []
let tariffs: ReadonlyMap<string, unknown> = new Map()

/** Paris time by the rule of the law alone: an hour more between the last Sundays of March and October, 01:00 UTC. */
const localSql = `
  SELECT p.line, json_extract(r.json, '$.energy') AS kwh, json_extract(r.json, '$.id_pdc_itinerance') AS evse,
    json_extract(r.json, '$.start') / 1000 + p.shift * 86400 AS at,
    datetime(json_extract(r.json, '$.start') / 1000 + p.shift * 86400, 'unixepoch') AS utc
  FROM picks p JOIN real r ON r.line = p.line`
const sql = (select: string): Record<string, number | string | null>[] =>
  db
    .prepare(
      `WITH utc AS (${localSql}), moments AS (
        SELECT *, datetime(at + CASE WHEN utc >= date(strftime('%Y', utc) || '-03-25', 'weekday 0') || ' 01:00:00'
            AND utc < date(strftime('%Y', utc) || '-10-25', 'weekday 0') || ' 01:00:00' THEN 7200 ELSE 3600 END, 'unixepoch') AS local
        FROM utc) ${select}`,
    )
    .all() as never

beforeAll(() => {
  const lines = realLines()
  const picks = pickYear(lines, 4_000, until)
  db.exec('CREATE TABLE real (line INTEGER PRIMARY KEY, json TEXT); CREATE TABLE picks (line INTEGER, shift INTEGER)')
  const real = db.prepare('INSERT INTO real VALUES (?, ?)')
  const pick = db.prepare('INSERT INTO picks VALUES (?, ?)')
  db.exec('BEGIN')
  for (const { line, shiftDays } of picks) {
    real.run(line, lines[line]!)
    pick.run(line, shiftDays)
  }
  db.exec('COMMIT')
  const views = recordsOf(lines, picks, driver).map(toView) as unknown as readonly Session[]
  charges = views.map(chargeOf).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  tariffs = new Map(views.map(({ terms, tariff }) => [terms.tariffHash, tariff]))
})

describe('a year of real sessions', () => {
  test('comes to the sums of plain SQL over the imported file', () => {
    const [sum] = sql('SELECT count(*) AS n, sum(cast(round(kwh * 1000) AS INTEGER)) AS wh FROM moments')
    const totals = totalsOf(charges)
    expect(totals.count).toBe(sum!.n)
    expect(totals.energyWh).toBe(sum!.wh)
    expect(totals.count).toBe(4_000)
  })

  test('has the months, hours and weekdays of Paris', () => {
    const wh = 'sum(cast(round(kwh * 1000) AS INTEGER))'
    const months = sql(
      `SELECT strftime('%Y-%m', local) AS key, count(*) AS n, ${wh} AS wh FROM moments GROUP BY 1 ORDER BY 1`,
    )
    const ours = byMonth(charges).filter(({ count }) => count > 0)
    expect(ours.map(({ key, count, energyWh }) => [key, count, energyWh])).toEqual(
      months.map(({ key, n, wh }) => [key, n, wh]),
    )
    expect(ours.length).toBeGreaterThanOrEqual(11)
    const hours = sql("SELECT cast(strftime('%H', local) AS INTEGER) AS key, count(*) AS n FROM moments GROUP BY 1")
    const perHour = new Map(hours.map(({ key, n }) => [String(key), n]))
    for (const { key, count } of byHour(charges)) expect([key, count]).toEqual([key, perHour.get(key) ?? 0])
    const days = sql("SELECT (strftime('%w', local) + 6) % 7 AS key, count(*) AS n FROM moments GROUP BY 1")
    const perDay = new Map(days.map(({ key, n }) => [String(key), n]))
    for (const { key, count } of byWeekday(charges)) expect([key, count]).toEqual([key, perDay.get(key) ?? 0])
  })

  test('has the same energy at each plug', () => {
    const rows = sql('SELECT evse, sum(cast(round(kwh * 1000) AS INTEGER)) AS wh FROM moments GROUP BY evse')
    const perPlug = new Map(groupsOf(charges, ({ evseId }) => evseId).map(({ key, energyWh }) => [key, energyWh]))
    expect(rows.length).toBe(perPlug.size)
    for (const { evse, wh } of rows) expect(perPlug.get(String(evse))).toBe(wh)
  })

  test('costs what the engine says, charge by charge', () => {
    for (const charge of charges.slice(0, 500)) {
      const price = priceShape(shapeOf(charge)!, tariffOf(tariffs, charge.tariffHash)!, charge.timeZone)
      expect(price?.totalInclVatMicro).toBe(charge.costMicro)
    }
  })

  test('has the idle fees of the tariffs, counted by hand', () => {
    // PARKING_TIME: 3 (slow) or 12 EUR (fast) an hour before 20 % VAT, by started minutes; none on the night tariff.
    let expected = 0n
    for (const { idleSeconds, tariffHash } of charges) {
      const { id } = tariffs.get(tariffHash) as { id: string }
      const perHour = id === 'YEAR-AC' ? 3 : id === 'YEAR-DC' ? 12 : 0
      expected += BigInt(Math.ceil(idleSeconds / 60)) * BigInt((perHour * 1_200_000) / 60)
    }
    expect(idleFeesOf(charges, tariffs).costMicro).toBe(expected)
    expect(expected).toBeGreaterThan(0n)
  })

  test('would have cost less at night where the tariff knows hours', () => {
    const night = charges.filter(({ tariffHash }) => (tariffs.get(tariffHash) as { id: string }).id === 'YEAR-NIGHT')
    const other = otherHours(night, tariffs, 50)
    expect(other.matters).toBe(true)
    expect(other.hours).toHaveLength(24)
    expect(other.cheapest!.costMicro).toBeLessThan(other.hours.find(({ hour }) => hour === 12)!.costMicro)
    // Energy alone is priced, so that a charge wholly at noon costs 0.42 EUR/kWh.
    const short = night.filter(({ chargingSeconds }) => chargingSeconds < 3 * 3600)
    const noon = otherHours(short, tariffs, 20).hours[12]!.costMicro
    const energyWh = short.slice(0, 20).reduce((sum, one) => sum + one.energyWh, 0)
    expect(noon).toBe(BigInt(energyWh) * 420n)
  })

  test('would have cost the same at every hour where the tariff knows none', () => {
    const fast = charges.filter(({ tariffHash }) => (tariffs.get(tariffHash) as { id: string }).id === 'YEAR-DC')
    const other = otherHours(fast, tariffs, 20)
    expect(other.matters).toBe(false)
    expect(other.hours[3]!.costMicro).toBe(other.actualMicro)
  })

  test('is priced at other plugs that the member knows', () => {
    const { plugs, count, actualMicro } = otherPlugs(charges, tariffs, charges, 20)
    expect(count).toBe(20)
    expect(actualMicro).toBe(charges.slice(0, 20).reduce((sum, { costMicro }) => sum + costMicro, 0n))
    expect(plugs.length).toBeGreaterThan(1)
    expect(plugs[0]!.costMicro <= plugs.at(-1)!.costMicro).toBe(true)
  })
})

describe('spans', () => {
  test('are compared with as many months, or as many days, before', () => {
    expect(spanOf('months12', '2026-11-22')).toEqual({ from: '2025-12-01', to: '2026-11-30' })
    expect(spanBefore({ from: '2025-12-01', to: '2026-11-30' })).toEqual({ from: '2024-12-01', to: '2025-11-30' })
    expect(spanBefore({ from: '2026-03-10', to: '2026-03-19' })).toEqual({ from: '2026-02-28', to: '2026-03-09' })
    expect(spanOf('2026-02', '2026-11-22')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  })

  test('count the first and the last day, by the clock of the plug', () => {
    const span = spanOf('2026-10', '2026-11-22')
    expect(within(charges, span)).toEqual(charges.filter(({ local }) => local.day.startsWith('2026-10')))
  })

  test('that are not over are compared with the same part of the past', () => {
    const compared = compareWithPast(charges, spanOf('2026-11', '2026-11-10'), '2026-11-10')
    expect(compared.spanBefore).toEqual({ from: '2026-10-01', to: '2026-10-10' })
    expect(compared.now).toEqual(totalsOf(within(charges, { from: '2026-11-01', to: '2026-11-10' })))
  })
})

test('a month, a day and an hour are those of the place', () => {
  expect(localMoment(new Date('2026-03-29T00:59:59Z'), 'Europe/Paris')).toEqual({
    day: '2026-03-29',
    hour: 1,
    weekday: 6,
  })
  expect(localMoment(new Date('2026-03-29T01:00:00Z'), 'Europe/Paris')).toEqual({
    day: '2026-03-29',
    hour: 3,
    weekday: 6,
  })
  expect(localMoment(new Date('2026-12-31T23:30:00Z'), 'Europe/Paris')).toEqual({
    day: '2027-01-01',
    hour: 0,
    weekday: 4,
  })
  expect(monthAfter('2026-01', -1)).toBe('2025-12')
  expect(lastDayOf('2028-02')).toBe('2028-02-29')
})

test('the price of a kWh is rounded half up, and nothing has none', () => {
  expect(pricePerKWhMicro({ costMicro: 1_000_000n, energyWh: 3_000 })).toBe(333_333n)
  expect(pricePerKWhMicro({ costMicro: 5n, energyWh: 0 })).toBeUndefined()
})

test('what is left over stands in one group', () => {
  const groups = groupsOf(charges, ({ evseId }) => evseId)
  const shown = withRest(groups, 3)
  expect(shown).toHaveLength(4)
  expect(shown.reduce((sum, { costMicro }) => sum + costMicro, 0n)).toBe(totalsOf(charges).costMicro)
})

test('carbon is energy by the mix, against petrol over the same way', () => {
  const { kg, km, petrolKg, savedKg } = carbonOf(18_000)
  expect([kg, km, petrolKg, savedKg].map((value) => value.toFixed(3))).toEqual(['0.936', '100.000', '14.800', '13.864'])
})
