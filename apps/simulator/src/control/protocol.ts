import type { CarOptions } from '../physics/car.ts'

/**
 * The control channel: one JSON object a line. Commands come in with an `id` of the caller's choice and are answered with
 * `{ "reply": id, "ok": true, … }` or `{ "reply": id, "ok": false, "error": "…" }`; everything that happens goes out as
 * `{ "event": "…", "station": "…", … }`. With one station `station` may be left out of commands.
 */
export type Command =
  | { readonly do: 'plugIn'; readonly evse?: number; readonly car?: CarOptions }
  | { readonly do: 'plugOut'; readonly evse?: number }
  /** Answers with `accepted`. */
  | { readonly do: 'card'; readonly evse?: number; readonly idTag: string }
  | { readonly do: 'stopButton'; readonly evse?: number }
  | { readonly do: 'offline' | 'online' | 'powerCut' | 'powerOn' }
  | { readonly do: 'misbehave'; readonly on?: readonly string[]; readonly off?: readonly string[] }
  | { readonly do: 'fault'; readonly evse?: number; readonly on: boolean }
  /** Sends any CALL; answers with `answer`. */
  | { readonly do: 'call'; readonly action: string; readonly payload?: unknown }
  /** Sends any text on the line. */
  | { readonly do: 'raw'; readonly text: string }
  /** Answers with `state`. */
  | { readonly do: 'state' }
  | { readonly do: 'quit' }

export type Addressed = Command & { readonly id?: number | string; readonly station?: string }

/** Names of events and what they carry beside `station`. */
export interface SimEvents {
  connected: Record<string, never>
  /** The server accepted the boot, or needed none. */
  admitted: Record<string, never>
  disconnected: { reason: string }
  refused: { status: number; words: string }
  status: { evse: number; status: string }
  car: { evse: number; plugged: boolean; socPercent?: number }
  command: { action: string; payload: unknown }
  transaction: {
    evse: number
    localId?: string
    transactionId?: string
    state: 'began' | 'known' | 'ended' | 'interrupted'
    reason?: string
    energyWh?: number
    registerWh?: number
  }
  meter: { evse: number; powerW: number; registerWh: number; energyWh: number; socPercent?: number }
  /** A firmware was fetched. */
  firmware: { bytes: number }
  /** A queued message was answered. */
  acknowledged: { action: string; localId: string }
  /** A queued message was refused three times and given up. */
  dropped: { action: string; why: string }
  trouble: { why: string }
  /** Frames, with `--frames`. */
  sent: { text: string }
  received: { text: string }
}
