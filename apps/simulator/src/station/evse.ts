import type { Car } from '../physics/car.ts'
import { createSupply, type Supply } from '../physics/supply.ts'
import type { StationOptions } from './options.ts'

export type Status =
  | 'Available'
  | 'Preparing'
  | 'Charging'
  | 'SuspendedEV'
  | 'SuspendedEVSE'
  | 'Finishing'
  | 'Reserved'
  | 'Unavailable'
  | 'Faulted'

/** A transaction as the station itself knows it. */
export interface LocalTransaction {
  /** The station's own name for it; the transactionId of 2.x. */
  readonly localId: string
  readonly evse: number
  readonly idTag: string
  readonly remoteStartId: number | undefined
  /** The station's clock, ms since 1970. */
  readonly startedAt: number
  readonly startWh: number
  /** The server's number (1.6), once StartTransaction was answered. */
  number: number | undefined
  /** Next sequence number (2.x). */
  seqNo: number
  nextSampleAt: number
  /** What was last told of it. */
  state: 'Charging' | 'SuspendedEV' | 'SuspendedEVSE' | 'EVConnected'
  ended: boolean
  /** What its meter signed when it began. */
  signedBegin?: { readonly at: string; readonly text: string }
}

/** Somebody may charge here: a card that was accepted, or a remote start; void when no car comes in time. */
export interface Pending {
  readonly idTag: string
  readonly remoteStartId: number | undefined
  readonly until: number
}

export interface Evse {
  readonly id: number
  readonly supply: Supply
  car: Car | undefined
  status: Status
  transaction: LocalTransaction | undefined
  pending: Pending | undefined
  available: boolean
  reservation: { readonly id: number; readonly idTag: string; readonly until: number } | undefined
}

export const createEvse = (id: number, options: StationOptions): Evse => {
  const dc = options.dc ?? false
  return {
    id,
    supply: createSupply({
      dc,
      phases: options.phases ?? 3,
      maxPowerW: options.maxPowerW ?? (dc ? 150_000 : 22_000),
      registerWh: options.registerWh ?? 12_345_678,
    }),
    car: undefined,
    status: 'Available',
    transaction: undefined,
    pending: undefined,
    available: true,
    reservation: undefined,
  }
}

/** The status that follows from what stands at the plug. */
export const statusOf = (evse: Evse, justEnded: boolean): Status => {
  if (!evse.available && !evse.transaction) return 'Unavailable'
  if (evse.transaction) return evse.transaction.state === 'EVConnected' ? 'Preparing' : evse.transaction.state
  if (evse.car) return justEnded || evse.status === 'Finishing' ? 'Finishing' : 'Preparing'
  if (evse.pending) return 'Preparing'
  return evse.reservation ? 'Reserved' : 'Available'
}
