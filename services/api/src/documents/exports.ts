import type { Bus, EventEnvelope, SessionView, Store, Unsubscribe } from '@werenode/core'

/** Fields that begin like a formula would be one in a spreadsheet. */
const cell = (value: string | number | undefined): string => {
  const text = String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const columns = [
  'session_id',
  'evse_id',
  'location',
  'started_at',
  'ended_at',
  'energy_wh',
  'charging_seconds',
  'idle_seconds',
  'amount_micro_euro',
  'state',
  'open_transaction',
  'settle_transaction',
] as const

/** Charges as CSV (RFC 4180, UTF-8 with a BOM so that spreadsheets see the accents). */
export const chargesCsv = (views: readonly SessionView[]): string => {
  const rows = views.map((view) => [
    view.id,
    view.evseId,
    view.locationName,
    view.startedAt,
    view.endedAt,
    view.energyWh,
    view.chargingSeconds,
    view.idleSeconds,
    view.receipt?.amount ?? view.costMicro,
    view.state,
    view.transactions.open,
    view.transactions.settle,
  ])
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

const series = 'api_signed_readings'

/** Keeps what stations' meters signed, verbatim, by transaction: calibration law asks for the original, not for what we read in it. */
export const followSignedReadings = ({ store, bus }: { store: Store; bus: Bus }): Promise<Unsubscribe> =>
  bus.consume(
    { group: 'api-signed-readings', types: ['transaction.meter', 'transaction.ended'], from: 'start', concurrency: 4 },
    async (event) => {
      const { data, type, id } = event as EventEnvelope<'transaction.meter'> | EventEnvelope<'transaction.ended'>
      if (data.signed === undefined) return
      const key = `${data.stationId}/${data.transactionId}`
      const value = {
        id,
        context: type === 'transaction.ended' ? 'Transaction.End' : 'Transaction.Begin',
        signed: data.signed,
      }
      await store.write([{ op: 'append', series, key, points: [{ at: Date.parse(data.stationAt), value }] }])
    },
  )

interface Kept {
  readonly id: string
  readonly context: string
  readonly signed: string
}

/**
 * The signed originals of a transaction in the XML that transparency software reads (S.A.F.E. values): the first and the last, OCMF as it
 * came. Undefined where the station signs nothing.
 */
export const signedReadingsXml = async (store: Store, transactionKey: string): Promise<string | undefined> => {
  const points = await store.range(series, transactionKey, {})
  // The same event may have been told twice.
  const kept = [...new Map(points.map(({ value }) => [(value as Kept).id, value as Kept])).values()]
  const [first] = kept
  const last = kept.at(-1)
  if (!first || !last) return undefined
  const values =
    first === last
      ? [first]
      : [
          { ...first, context: 'Transaction.Begin' },
          { ...last, context: 'Transaction.End' },
        ]
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const body = values.map(({ context, signed }) => {
    const text = /^OCMF\|/.test(signed) ? signed : decoded(signed)
    const format = text.startsWith('OCMF|') ? ' format="OCMF" encoding="plain"' : ' encoding="plain"'
    return `  <value context="${context}">\n    <signedData${format}>${escaped(text)}</signedData>\n  </value>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<values>\n${body.join('\n')}\n</values>\n`
}

/** Stations send OCMF as text or in base64. */
const decoded = (text: string): string => {
  const plain = Buffer.from(text, 'base64').toString('utf8')
  return plain.startsWith('OCMF|') ? plain : text
}
