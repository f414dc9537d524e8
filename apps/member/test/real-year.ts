import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  type Address,
  type EvseId,
  type Hex,
  type Party,
  parseTariff,
  priceSession,
  type SessionRecord,
} from '@werenode/core'

const data = resolve(import.meta.dirname, '..', '..', '..', 'data')
const dayMs = 86_400_000

/** A line of the open data, and by how many days it is moved: 45 days of France become a year of one member. */
export interface Pick {
  readonly line: number
  readonly shiftDays: number
}

/** The real sessions, one JSON text a line: `{id_pdc_itinerance, start, end (epoch ms), energy (kWh)}`. */
export const realLines = (): readonly string[] =>
  gunzipSync(readFileSync(join(data, 'irve-dynamique-sessions.jsonl.gz')))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')

interface Line {
  readonly id_pdc_itinerance: string
  readonly start: number
  readonly end: number
  readonly energy: number
}

/**
 * About `count` sessions at the busiest places, spread over the twelve months up to `until`. Moved by whole weeks, so that hours and weekdays
 * stay as they were.
 */
export const pickYear = (lines: readonly string[], count: number, until: Date): readonly Pick[] => {
  const rows = lines.map((line) => JSON.parse(line) as Line)
  const busy = new Map<string, number>()
  for (const { id_pdc_itinerance: id } of rows) busy.set(id, (busy.get(id) ?? 0) + 1)
  const ranked = [...busy].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))
  const chosen = new Set<string>()
  let reached = 0
  for (const [id, times] of ranked) {
    if (reached >= count) break
    chosen.add(id)
    reached += times
  }
  const last = rows.reduce((latest, { end }) => Math.max(latest, end), 0)
  const toNow = Math.floor((until.getTime() - last) / dayMs / 7) * 7
  return rows
    .map((row, line) => ({ row, line }))
    .filter(({ row }) => chosen.has(row.id_pdc_itinerance) && row.end > row.start && row.energy > 0)
    .slice(0, count)
    .map(({ line }) => ({ line, shiftDays: toNow - (line % 7) * 49 }))
}

/** Name and power (W) of the charge points, from the static open data. */
export const realPoints = (): ReadonlyMap<string, { readonly name: string; readonly powerW: number }> => {
  const [head = '', ...rows] = gunzipSync(readFileSync(join(data, 'irve-pdc-29109-nocontact.csv.gz')))
    .toString('utf8')
    .split('\n')
  const names = cells(head)
  const [id, name, power] = ['id_pdc_itinerance', 'nom_station', 'puissance_nominale'].map((one) => names.indexOf(one))
  return new Map(
    rows
      .filter((row) => row !== '')
      .map(cells)
      .map((row) => [row[id!]!, { name: row[name!]!, powerW: Math.round(Number(row[power!]) * 1000) }]),
  )
}

/** A row of CSV; no field of these holds a line break. */
const cells = (row: string): readonly string[] =>
  [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )

const component = (type: string, price: number, step_size: number) => ({ type, price, vat: 20, step_size })
const common = { country_code: 'FR', party_id: 'WRN', currency: 'EUR' }
/** As operators write them: by kWh with a fee for standing, and one that is cheaper at night. */
export const yearTariffs = {
  slow: {
    ...common,
    id: 'YEAR-AC',
    elements: [{ price_components: [component('ENERGY', 0.325, 1), component('PARKING_TIME', 3, 60)] }],
  },
  fast: {
    ...common,
    id: 'YEAR-DC',
    elements: [{ price_components: [component('ENERGY', 0.45, 1), component('PARKING_TIME', 12, 60)] }],
  },
  night: {
    ...common,
    id: 'YEAR-NIGHT',
    elements: [
      { price_components: [component('ENERGY', 0.2, 1)], restrictions: { start_time: '22:00', end_time: '06:00' } },
      { price_components: [component('ENERGY', 0.35, 1)] },
    ],
  },
} as const

const hash = (text: string): Hex => `0x${createHash('sha256').update(text).digest('hex')}`
const parsed = Object.fromEntries(Object.entries(yearTariffs).map(([name, tariff]) => [name, parseTariff(tariff)]))

/** The picked sessions as the house keeps settled ones. */
export const recordsOf = (
  lines: readonly string[],
  picks: readonly Pick[],
  driver: Address,
): readonly SessionRecord[] => {
  const points = realPoints()
  return picks.map(({ line, shiftDays }, index) => {
    const { id_pdc_itinerance: evse, start, end, energy } = JSON.parse(lines[line]!) as Line
    const { name = evse, powerW = 22_000 } = points.get(evse) ?? {}
    const startMs = start + shiftDays * dayMs
    const endMs = end + shiftDays * dayMs
    const energyWh = Math.round(energy * 1000)
    // A car takes about a third of what a plug can give, on the whole; the rest of the time it stands.
    const chargingMs = Math.min(endMs - startMs, Math.max(60_000, Math.round((energyWh / (powerW * 0.35)) * 3_600_000)))
    const idleMs = endMs - startMs - chargingMs
    const kind = powerW >= 50_000 ? 'fast' : evse.length % 2 === 0 ? 'slow' : 'night'
    const tariff = yearTariffs[kind]
    const chargingS = Math.floor(chargingMs / 1000)
    const idleS = Math.floor(idleMs / 1000)
    const fullMs = startMs + chargingS * 1000
    const price = priceSession({
      tariff: parsed[kind]!,
      timeZone: 'Europe/Paris',
      periods: [
        { startAt: new Date(startMs), endAt: new Date(fullMs), energyWh },
        ...(idleS > 0
          ? [
              {
                startAt: new Date(fullMs),
                endAt: new Date(fullMs + idleS * 1000),
                energyWh: 0,
                state: 'parking' as const,
              },
            ]
          : []),
      ],
    })
    const amount = price.totalInclVatMicro
    const limit = amount > 60_000_000n ? amount : 60_000_000n
    const id = hash(`${evse} ${start} ${line}`)
    const startedAt = new Date(startMs).toISOString()
    const endedAt = new Date(endMs).toISOString()
    return {
      _id: id as SessionRecord['_id'],
      state: 'settled',
      door: 'app',
      paid: true,
      terms: termsOf({ driver, evse, kind, powerW, limit, id }),
      operatorSignature: '0x01',
      driverSignature: '0x02',
      evseId: evse as EvseId,
      party: `${evse.slice(0, 2)}*${evse.slice(2, 5)}` as Party,
      locationName: name,
      stationId: `REAL-${evse}`,
      evse: 1,
      connector: 1,
      timeZone: 'Europe/Paris',
      tariff,
      keyClass: 'GATEWAY',
      meterCertified: true,
      holdsConnector: false,
      idTag: id.slice(2, 22).toUpperCase(),
      remoteStartId: index + 1,
      createdAt: new Date(startMs - 20_000).toISOString(),
      limitMicro: limit.toString(),
      startedAt,
      endedAt,
      startWh: 0,
      lastWh: energyWh,
      lastMeterAt: endedAt,
      lastBelievedAt: endedAt,
      meterCount: 2,
      powerW: null,
      socPercent: null,
      suspended: 'no',
      chargingMs,
      idleMs,
      costMicro: amount.toString(),
      stationOffline: false,
      warned: 0,
      stopReason: 'unplugged',
      flags: [],
      receipt: {
        sessionId: id,
        startWh: '0',
        endWh: String(energyWh),
        startedAt: Math.floor(startMs / 1000),
        endedAt: Math.floor(endMs / 1000),
        chargingSeconds: chargingS,
        idleSeconds: idleS,
        amount: amount.toString(),
        meterRoot: hash(`root ${id}`),
      },
      receiptSignature: '0x03',
      paidMicro: amount.toString(),
      returnedMicro: (limit - amount).toString(),
      transactions: { open: hash(`open ${id}`), settle: hash(`settle ${id}`) },
      outbox: [],
      effectCount: 0,
      timers: {},
    }
  })
}

const termsOf = (of: {
  readonly driver: Address
  readonly evse: string
  readonly kind: string
  readonly powerW: number
  readonly limit: bigint
  readonly id: Hex
}): SessionRecord['terms'] => ({
  driver: of.driver,
  operatorId: hash('operator'),
  payee: '0x2222222222222222222222222222222222222222',
  evseIdHash: hash(of.evse),
  connector: 1,
  token: '0x3333333333333333333333333333333333333333',
  source: 'Credit',
  maxAmount: of.limit.toString(),
  startFee: '0',
  pricePerKWh: '600000',
  pricePerMinute: '0',
  idlePerMinute: '300000',
  tariffHash: hash(of.kind),
  maxPowerW: of.powerW,
  meterKeyHash: hash('meter'),
  disputeBond: '0',
  disputeWindow: 86_400,
  openBy: 0,
  startBy: 0,
  settleBy: 0,
  sessionKey: '0x4444444444444444444444444444444444444444',
  salt: of.id,
})
