import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type { MessageId } from '../wire/frame.ts'
import type { Deviation } from '../wire/repair.ts'
import type { Schemas } from '../wire/schemas.ts'
import type { OcppVersion } from '../wire/version.ts'
import { type CallOptions, type Calls, createCalls } from './calls.ts'
import type { StationHandlers } from './handler.ts'
import type { ReplayCache } from './replay-cache.ts'
import { writeText } from './write-text.ts'

/**
 * One WebSocket with one station: frames in, answers out. Works on one CALL of the station at a time and in order, whatever the
 * station does; answers to our CALLs never wait behind them. Nothing is answered before its handler's promise resolved, and
 * handlers resolve when what they were told is durable.
 */
export interface Link {
  readonly stationId: string
  /** Fencing number: of two links of one station the higher lives. */
  readonly epoch: number
  readonly version: OcppVersion
  readonly connectedAt: Date
  /** Time of the last frame or pong, ms since 1970. */
  readonly lastHeardAt: number
  readonly isOpen: boolean
  /** When the message now worked on was taken up, ms since 1970. */
  readonly busySince: number | undefined
  /** Our CALLs may go out: the station's boot was accepted, or it spoke without booting again. */
  readonly admitted: boolean
  /** Its firmware breaks on pings. */
  readonly noPing: boolean
  call(action: string, payload: unknown, options?: CallOptions): Promise<unknown>
  ping(): void
  close(code: number, reason: string): void
  /** Resolves with the reason when the socket is gone and the last handler has finished, or is given up. */
  readonly done: Promise<string>
}

/** What all links of one version share. */
export interface LinkContext {
  readonly schemas: Schemas
  readonly handlers: StationHandlers
  readonly callTimeoutMs: number
  readonly clock: () => Date
  readonly log: Logger
  /** Our CALLs may go out now; `booted` when the station booted on this link. */
  onAdmitted(link: Link, booted: boolean): void
  onDeviations(stationId: string, deviations: readonly Deviation[], action: string): void
  /** Every frame, for the message log; `action` names the question an answer belongs to. */
  onFrame(stationId: string, direction: 'in' | 'out', text: string, action: string | undefined, at: number): void
}

/** A message of the station, waiting for its turn. */
export interface InLine {
  readonly id: MessageId
  readonly action: string
  readonly payload: unknown
  readonly text: string
  /** False for SEND. */
  readonly answered: boolean
  readonly receivedAt: Date
}

/**
 * A link from the inside. Ten thousand of them stand idle, so a link is a record with few closures, and what it has not used yet
 * it does not hold.
 */
export interface OpenLink extends Link {
  readonly context: LinkContext
  readonly socket: WebSocket
  /** What lies under the socket: texts are written to it in one piece. */
  readonly wire: Duplex
  readonly strict: boolean
  readonly wholeSeconds: boolean
  lastHeardAt: number
  isOpen: boolean
  busySince: number | undefined
  admitted: boolean
  /** The boot was accepted; our CALLs may follow its answer. */
  admitNext: boolean
  calls: Calls | undefined
  replays: ReplayCache | undefined
  inLine: InLine[]
  working: Promise<void> | undefined
}

/** How long a closed link waits for a handler that does not end, and for its peer to answer the close. */
export const giveUpMs = 2_000

export const callsOf = (link: OpenLink): Calls => {
  if (!link.calls) {
    const { stationId, context } = link
    const calls = createCalls({ stationId, timeoutMs: context.callTimeoutMs, send: (text) => send(link, text) })
    link.calls = calls
    if (link.admitted) calls.open()
    if (!link.isOpen) calls.close('closed')
  }
  return link.calls
}

export const send = (link: OpenLink, text: string, action?: string): void => {
  if (link.socket.readyState !== link.socket.OPEN) return
  link.context.onFrame(link.stationId, 'out', text, action, link.context.clock().getTime())
  writeText(link.wire, text)
}

export const admit = (link: OpenLink): void => {
  if (link.admitted) return
  link.admitted = true
  link.calls?.open()
  link.context.onAdmitted(link, link.admitNext)
}

export const closeLink = (link: OpenLink, code: number, reason: string): void => {
  link.isOpen = false
  link.socket.close(code, reason.slice(0, 120))
  // A half-open peer never answers the close.
  setTimeout(() => link.socket.terminate(), giveUpMs).unref()
}
