import {
  createLiveCost,
  type LiveCost,
  parseTariff,
  type SessionId,
  type SessionPrice,
  type SessionRecord,
  type Store,
} from '@werenode/core'
import { type Sample, series } from './collections.ts'

/** What running sessions cost, by the one pricing engine. */
export interface CostMeter {
  /** The cost in micro-euro (VAT included) once this sample is counted. The sample counts for good when the record's meterCount has grown. */
  with(record: SessionRecord, takenAt: string, sample: Sample): Promise<string>
  /** The whole price of an ended session, from every believed sample in the store. */
  final(record: SessionRecord): Promise<SessionPrice>
  forget(id: SessionId): void
}

interface Running {
  readonly live: LiveCost
  /** Samples counted, which is the record's meterCount when nothing was lost in between. */
  counted: number
}

/** Sessions kept warm; any other is rebuilt from the series when it speaks. */
const mostWarm = 20_000
/** Three days at one reading a second; the plausibility rules keep a session far below. */
const mostReadings = 260_000

export const createCostMeter = (store: Store): CostMeter => {
  const warm = new Map<SessionId, Running>()

  const rebuild = async (record: SessionRecord): Promise<Running> => {
    const live = createLiveCost(parseTariff(record.tariff), record.timeZone)
    const startedAt = record.startedAt
    if (startedAt !== undefined && record.startWh !== undefined)
      live.add({ at: new Date(startedAt), energyWh: record.startWh })
    const points = await store.range(series.readings, record._id, { limit: mostReadings })
    for (const point of points) live.add(meterSample(point.at, point.value as Sample))
    // A session whose station never told a register: time and start fee count, energy does not.
    if (startedAt !== undefined && record.startWh === undefined && points.length === 0)
      for (const at of [startedAt, record.endedAt ?? startedAt]) live.add({ at: new Date(at), energyWh: 0 })
    const counted = points.length
    return { live, counted }
  }

  return {
    with: async (record, takenAt, sample) => {
      const known = warm.get(record._id)
      const running = known?.counted === record.meterCount ? known : await rebuild(record)
      // A reading told again after a crash is already in the series; counting it twice changes nothing but the count.
      running.live.add(meterSample(Date.parse(takenAt), sample))
      running.counted = record.meterCount + 1
      warm.delete(record._id)
      warm.set(record._id, running)
      if (warm.size > mostWarm) warm.delete(warm.keys().next().value as SessionId)
      return running.live.price().totalInclVatMicro.toString()
    },
    final: async (record) => {
      const { live } = await rebuild(record)
      return live.price()
    },
    forget: (id) => void warm.delete(id),
  }
}

const meterSample = (at: number, sample: Sample) => ({
  at: new Date(at),
  energyWh: sample.wh,
  state:
    sample.suspended === 'EV'
      ? ('parking' as const)
      : sample.suspended === 'EVSE'
        ? ('suspended' as const)
        : ('charging' as const),
})
