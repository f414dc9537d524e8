import { type SampledValue2, sampleOf2 } from '../meter/sample.ts'
import type { MeterGroup } from '../transactions/meter-values.ts'
import { parseStationTime } from '../wire/station-time.ts'

/** OCPP 2.0.1 §2.36 MeterValueType. */
export interface MeterValue2 {
  readonly timestamp?: string
  readonly sampledValue?: readonly SampledValue2[]
}

export const meterGroups2 = (values: readonly MeterValue2[] | undefined, receivedAt: Date): readonly MeterGroup[] =>
  (values ?? []).map(({ timestamp, sampledValue = [] }) => ({
    at: parseStationTime(timestamp) ?? receivedAt,
    samples: sampledValue.map(sampleOf2),
    raw: sampledValue,
  }))
