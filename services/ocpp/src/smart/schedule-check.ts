import { type Clock, type Store, WerenodeError } from '@werenode/core'
import type { KeptProfile } from '../keep/profiles.ts'
import type { StationConsole } from '../stations/console.ts'
import type { StationLink } from '../stations/station.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { type CompositePeriod, compositeSchedule, differences, type ScheduleDifference } from './composite.ts'
import { periodsOf, profileOf, type RawProfile } from './profile.ts'

export interface CheckedSchedule {
  readonly ours: readonly CompositePeriod[]
  readonly station: readonly CompositePeriod[]
  /** Empty when the station will do what we think it does. */
  readonly differences: readonly ScheduleDifference[]
}

interface Answer {
  readonly status?: string
  readonly chargingSchedule?: Parameters<typeof periodsOf>[0]
  readonly schedule?: Parameters<typeof periodsOf>[0]
}

/**
 * Asks a station for the schedule it made of all its profiles (1.6 §5.7, 2.0.1 K08) and computes the same from the profiles we know to
 * be there. A difference is a profile we do not know of, or firmware that combines them otherwise.
 */
export const checkSchedule = async (
  { store, stations, clock }: { store: Store; stations: Pick<StationConsole, 'call' | 'dossier'>; clock: Clock },
  { stationId, evse, durationS }: { stationId: string; evse: number; durationS: number },
): Promise<CheckedSchedule> => {
  const link = await store.get<StationLink>('ocpp_links', stationId)
  const is16 = link?.version === 'ocpp1.6'
  const question = { [is16 ? 'connectorId' : 'evseId']: evse, duration: durationS, chargingRateUnit: 'W' }
  const answer = (await stations.call(stationId, 'GetCompositeSchedule', question)) as Answer
  if (answer.status !== 'Accepted')
    throw new WerenodeError('station-refused', `Station ${stationId} computes no schedule for EVSE ${evse}`)
  const told = is16 ? answer.chargingSchedule : answer.schedule
  const station = told ? periodsOf(told).map(({ startS, limitW }) => ({ startS, limitW })) : []
  const kept = await stations.dossier(stationId, 'profile')
  const profiles = kept.flatMap(({ value }) => {
    const { evse: place, profile } = value as KeptProfile
    return profileOf(place, profile as RawProfile) ?? []
  })
  const running = await store.find<Transaction>('ocpp_transactions', { stationId, state: 'open', evse }, { limit: 1 })
  const startedAt = running.items[0]?.startedAt
  const ours = compositeSchedule(profiles, {
    evse,
    fromMs: clock().getTime(),
    durationS,
    transactionStartMs: startedAt === undefined ? undefined : Date.parse(startedAt),
  })
  return { ours, station, differences: differences(ours, station) }
}
