import type { Hex } from '../ids.ts'
import type { WireReceipt } from '../terms.ts'
import type { Evidence, TimerName } from './record.ts'
import type { StopReason } from './view.ts'

/** What can happen to a session. `effectId` names the effect whose outcome this is, which is thereby done. */
export type SessionInput = { readonly at: string; readonly effectId?: number } & InputKind

type InputKind =
  | { readonly type: 'effectDone' }
  | { readonly type: 'effectFailed'; readonly message: string; readonly retryAt: string }
  // the deposit
  | { readonly type: 'opened'; readonly txHash?: Hex }
  | { readonly type: 'openFailed'; readonly message: string }
  | { readonly type: 'openRolledBack' }
  | { readonly type: 'toppedUp'; readonly limitMicro: string }
  // the start
  | { readonly type: 'startAccepted' }
  | { readonly type: 'startRefused'; readonly reason: string }
  | {
      readonly type: 'transactionStarted'
      readonly transactionId: string
      readonly registerWh?: number
      readonly stationAt: string
      readonly receivedAt: string
      /** When the manager took it in hand. */
      readonly judgedAt?: string
      readonly offline: boolean
    }
  // while charging
  | { readonly type: 'reading'; readonly reading: JudgedReading; readonly costMicro: string }
  | { readonly type: 'station'; readonly online: boolean }
  | { readonly type: 'stopRequested'; readonly reason: StopReason }
  | {
      readonly type: 'transactionEnded'
      readonly reading: JudgedReading
      readonly costMicro: string
      readonly reason: string
      readonly estimated: boolean
      readonly billedMicro?: string
    }
  // settlement
  | {
      readonly type: 'receiptReady'
      readonly receipt: WireReceipt
      readonly signature?: Hex
      readonly evidence?: Evidence
    }
  | { readonly type: 'cosigned'; readonly signature: Hex }
  | { readonly type: 'intentFailed'; readonly intent: string; readonly message: string }
  | { readonly type: 'proposed'; readonly txHash: Hex; readonly disputeUntil: string }
  | { readonly type: 'settled'; readonly txHash?: Hex; readonly paidMicro: string; readonly returnedMicro: string }
  | { readonly type: 'cancelRequested' }
  | { readonly type: 'cancelled'; readonly txHash?: Hex; readonly returnedMicro: string }
  /** `undisputedMicro` was paid at once; the rest waits for evidence. */
  | { readonly type: 'disputed'; readonly undisputedMicro: string; readonly proveUntil?: string }
  | { readonly type: 'reclaimed'; readonly txHash: Hex; readonly returnedMicro: string }
  | { readonly type: 'endRolledBack' }
  | { readonly type: 'timer'; readonly name: TimerName }
  /** Our clock ran ahead for a while and is right again. */
  | { readonly type: 'clockSetBack' }

/** A reading after `judgeReading`: what is believed of it, and what was odd. */
export interface JudgedReading {
  /** When it counts as taken, ISO; never before the reading before it, never after it was received. */
  readonly takenAt: string
  /** The register believed, Wh; undefined when the station gave none or it was not believed. */
  readonly believedWh?: number
  readonly powerW?: number
  readonly socPercent?: number
  readonly suspended?: 'EV' | 'EVSE' | 'no'
  readonly flags: readonly string[]
}
