import type { Address, EvseId, Hex, SessionId } from '../ids.ts'
import type { WireReceipt, WireTerms } from '../terms.ts'

export const sessionStates = [
  'opening',
  'funded',
  'starting',
  'charging',
  'stopping',
  'ended',
  'settling',
  'settled',
  'rejected',
  'cancelling',
  'cancelled',
  'disputed',
  'reclaimed',
] as const
/** `quoted` is a quote, not yet a session; `cancelling` is a failed start whose deposit is on its way back. */
export type SessionStateName = (typeof sessionStates)[number]

export const terminalStates: ReadonlySet<SessionStateName> = new Set(['settled', 'rejected', 'cancelled', 'reclaimed'])

/** By which door the session came in (charge.md). */
export type SessionDoor = 'app' | 'chain' | 'card' | 'roaming' | 'free'

export type StopReason = 'driver' | 'station' | 'unplugged' | 'limit' | 'operator' | 'chain' | 'fault' | 'power-lost'

/** A session as everybody outside the manager sees it. Money in micro-euro decimal strings, energy in Wh. */
export interface SessionView {
  readonly id: SessionId
  readonly state: SessionStateName
  readonly door: SessionDoor
  readonly driver: Address
  readonly evseId: EvseId
  readonly connector: number
  readonly stationId: string
  readonly locationName: string
  /** False: the meter is not certified for billing, as the driver was told before signing. */
  readonly meterCertified: boolean
  readonly terms: WireTerms
  readonly createdAt: string
  readonly startedAt?: string
  readonly endedAt?: string
  readonly energyWh: number
  readonly powerW: number | null
  readonly socPercent: number | null
  readonly chargingSeconds: number
  readonly idleSeconds: number
  readonly suspended: 'EV' | 'EVSE' | 'no'
  readonly stationOffline: boolean
  readonly costMicro: string
  readonly limitMicro: string
  readonly stopReason?: StopReason
  /** Why it was rejected, cancelled or flagged, in a sentence. */
  readonly message?: string
  readonly flags: readonly string[]
  readonly receipt?: WireReceipt
  readonly receiptSignature?: Hex
  readonly cosigned: boolean
  readonly paidMicro?: string
  readonly returnedMicro?: string
  readonly transactions: { readonly open?: Hex; readonly propose?: Hex; readonly settle?: Hex; readonly cancel?: Hex }
  readonly tariff: unknown
  readonly timeZone: string
}
