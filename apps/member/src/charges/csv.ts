import type { Charge } from './charge.ts'

/** Fields that begin like a formula would be one in a spreadsheet. */
const cell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Whole micro-euro as a decimal of euro: `12.345678`. */
const euro = (micro: bigint): string => {
  const digits = micro.toString().padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`
}

const columns = [
  'session',
  'evse',
  'place',
  'started_at',
  'ended_at',
  'energy_wh',
  'charging_s',
  'idle_s',
  'cost_eur',
  'state',
]

/** What is shown, as CSV (RFC 4180, UTF-8 with a BOM so that spreadsheets see the accents). */
export const csvOf = (charges: readonly Charge[]): string => {
  const rows = charges.map((charge) => [
    charge.id,
    charge.evseId,
    charge.place,
    charge.startedAt ?? '',
    charge.endedAt ?? '',
    charge.energyWh,
    charge.chargingSeconds,
    charge.idleSeconds,
    euro(charge.costMicro),
    charge.state,
  ])
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
