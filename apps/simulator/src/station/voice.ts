import type { Evse, LocalTransaction } from './evse.ts'

/** Speaks one version of OCPP for a station: what happens at the plug goes out as messages, the server's CALLs come in as deeds. */
export interface Voice {
  boot(reason: string): Promise<{ accepted: boolean; intervalS: number; currentTime: string }>
  heartbeat(): Promise<string>
  status(evse: Evse): void
  authorize(idTag: string): Promise<boolean>
  began(transaction: LocalTransaction, evse: Evse): void
  sampled(transaction: LocalTransaction, evse: Evse): void
  /** Paused or went on. */
  changed(transaction: LocalTransaction, evse: Evse): void
  ended(transaction: LocalTransaction, evse: Evse, reason: string): void
  /** After a reconnect, before the queue. */
  reconnected(): void
  /** Fills in what is known only when a queued message is sent. */
  prepare(message: { action: string; payload: Record<string, unknown>; localId: string }): Record<string, unknown>
  answered(message: { action: string; localId: string }, answer: unknown): void
  /** A CALL of the server; undefined answers nothing. */
  onCall(action: string, payload: Record<string, unknown>): Promise<unknown>
}

/** What a voice may do to its station. */
export interface Body {
  readonly id: string
  readonly evses: readonly Evse[]
  now(): number
  isoNow(): string
  call(action: string, payload: unknown): Promise<unknown>
  enqueue(action: string, payload: Record<string, unknown>, localId: string): void
  isOnline(): boolean
  transaction(localId: string): LocalTransaction | undefined
  /** Every one that is known, also those that ended and still have messages to send. */
  transactions(): readonly LocalTransaction[]
  remoteStart(evse: number | undefined, idTag: string, remoteStartId: number | undefined): boolean
  stop(transaction: LocalTransaction, reason: string): void
  reset(kind: 'soft' | 'hard'): void
  unlock(evse: number): boolean
  setAvailable(evse: number | undefined, operative: boolean): 'Accepted' | 'Scheduled'
  setLimit(evse: number | undefined, limitW: number | undefined): void
  reserve(evse: number, reservation: { id: number; idTag: string; until: number }): string
  cancelReservation(id: number): boolean
  /** After so many simulated ms; what goes wrong is told as trouble. */
  later(ms: number, deed: () => Promise<void>): void
  setMeterIntervalS(seconds: number): void
  readonly meterIntervalS: number
  configuration: Map<string, string>
  trigger(message: string, evse: number | undefined): boolean
  deauthorized(transaction: LocalTransaction): void
  /** Undefined where its meters sign nothing. */
  signed(kind: 'B' | 'E', evse: Evse, transaction: LocalTransaction): string | undefined
  readonly meterPublicKey: string | undefined
  habit(name: string): boolean
  emit(event: string, data: Record<string, unknown>): void
}
