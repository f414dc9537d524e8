import { type SampledValue16, sampleOf16 } from '../meter/sample.ts'
import type { MeterGroup } from '../transactions/meter-values.ts'
import { parseStationTime } from '../wire/station-time.ts'

/** OCPP 1.6 §7.33 MeterValue. */
export interface MeterValue {
  readonly timestamp?: string
  readonly sampledValue?: readonly SampledValue16[]
}

/** Groups without a time count from when they came. */
export const meterGroups = (values: readonly MeterValue[] | undefined, receivedAt: Date): readonly MeterGroup[] =>
  (values ?? []).map(({ timestamp, sampledValue = [] }) => ({
    at: parseStationTime(timestamp) ?? receivedAt,
    samples: sampledValue.map(sampleOf16),
    raw: sampledValue,
  }))
