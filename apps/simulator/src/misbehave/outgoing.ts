import type { Misbehaviour } from './switches.ts'

type Json = Record<string, unknown>
type Habits = ReadonlySet<Misbehaviour>

/** Bends a correct payload the way the station's habits ask for. The original is left alone. */
export const bend = (action: string, payload: unknown, habits: Habits): unknown => {
  if (habits.size === 0) return payload
  const bent = structuredClone(payload) as Json
  for (const [habit, apply] of Object.entries(benders)) if (habits.has(habit as Misbehaviour)) apply(bent, action)
  return bent
}

/** The JSON text of a frame, where a habit lies in the text itself. */
export const bendText = (text: string, habits: Habits): string =>
  habits.has('duplicate-keys') ? text.replace(/("[A-Za-z]+":)("[^"]*")/, '$1"shadowed",$1$2') : text

const benders: Partial<Record<Misbehaviour, (payload: Json, action: string) => void>> = {
  'time-without-zone': (payload) => eachTime(payload, (time) => time.replace(/\.\d+Z$/, '')),
  'time-short-offset': (payload) => eachTime(payload, (time) => `${time.replace(/\.\d+Z$/, '')}+00`),
  'clock-1970': (payload) => eachTime(payload, () => '1970-01-01T00:00:05.000Z'),
  'clock-behind': (payload) =>
    eachTime(payload, (time) => new Date(new Date(time).getTime() - 3_600_000).toISOString()),
  'clock-ahead': (payload) => eachTime(payload, (time) => new Date(new Date(time).getTime() + 7_200_000).toISOString()),
  'long-id-tag': (payload) => {
    if (typeof payload.idTag === 'string') payload.idTag = payload.idTag.padEnd(21, '0')
  },
  'current-on-neutral': (payload) =>
    eachSampleList(payload, (samples) => {
      const like = samples[0]?.value
      samples.push({ value: typeof like === 'string' ? '0.4' : 0.4, measurand: 'Current.Import', phase: 'N' })
    }),
  'error-code-error': (payload, action) => {
    if (action === 'StatusNotification' && 'errorCode' in payload) payload.errorCode = 'Error'
  },
  'unit-hz': (payload) =>
    eachSampleList(payload, (samples) => samples.push({ value: '50.01', measurand: 'Frequency', unit: 'Hz' })),
  'serial-too-long': (payload, action) => {
    if (action === 'BootNotification') payload.chargePointSerialNumber = 'SERIAL-0123456789-0123456789-0'
  },
  'bad-context': (payload) => eachSample(payload, (sample) => (sample.context = 'Sample.Whenever')),
  'missing-fields': (payload, action) => {
    if (action === 'StopTransaction') {
      delete payload.meterStop
      delete payload.timestamp
    }
    if (action === 'StatusNotification') delete payload.errorCode
  },
  'extra-fields': (payload) => {
    payload.vendorInfo = { firmware: 'x', nested: [1, 2] }
  },
  'numbers-as-text': (payload) => {
    for (const [key, value] of Object.entries(payload)) {
      if (typeof value === 'number') payload[key] = String(value)
      else if (key === 'idTag' && /^\d+$/.test(String(value))) payload[key] = Number(value)
    }
  },
  'kwh-as-wh': (payload) =>
    eachSample(payload, (sample) => {
      if (isEnergy(sample)) sample.value = asLike(sample.value, Number(sample.value) / 1000)
    }),
  'no-unit': (payload) =>
    eachSample(payload, (sample) => {
      delete sample.unit
      delete sample.unitOfMeasure
    }),
  'lower-case-enums': (payload) => {
    for (const key of ['status', 'errorCode', 'reason', 'eventType', 'triggerReason', 'connectorStatus'])
      if (typeof payload[key] === 'string') payload[key] = String(payload[key]).toLowerCase()
  },
  'null-id-tag': (payload, action) => {
    if (action === 'StopTransaction') payload.idTag = null
  },
  'stop-without-id-tag': (payload, action) => {
    if (action === 'StopTransaction') delete payload.idTag
  },
  'transaction-id-zero': (payload) => renumber(payload, 0),
  'transaction-id-minus-one': (payload) => renumber(payload, -1),
  'transaction-id-unknown': (payload) => renumber(payload, 987_654_321),
}

const renumber = (payload: Json, to: number): void => {
  if ('transactionId' in payload) payload.transactionId = to
}

const isEnergy = (sample: Json): boolean =>
  String(sample.measurand ?? 'Energy.Active.Import.Register').startsWith('Energy')

const asLike = (like: unknown, value: number): unknown => (typeof like === 'string' ? value.toFixed(3) : value)

const eachTime = (value: unknown, change: (time: string) => string): void => {
  if (typeof value !== 'object' || value === null) return
  const owner = value as Json
  for (const [key, member] of Object.entries(owner))
    if (key === 'timestamp' && typeof member === 'string') owner[key] = change(member)
    else eachTime(member, change)
}

const eachSampleList = (payload: Json, change: (samples: Json[]) => void): void => {
  for (const key of ['meterValue', 'transactionData'])
    for (const value of (payload[key] as Json[] | undefined) ?? []) change(value.sampledValue as Json[])
}

const eachSample = (payload: Json, change: (sample: Json) => void): void =>
  eachSampleList(payload, (samples) => {
    for (const sample of samples) change(sample)
  })
