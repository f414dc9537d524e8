import type { OcppVersion } from '../wire/version.ts'

/** What a handler knows of the message it answers, beside its payload. */
export interface StationCall {
  readonly stationId: string
  readonly version: OcppVersion
  /** Fencing number of the link. */
  readonly epoch: number
  readonly connectedAt: Date
  /** Our clock, now. */
  readonly receivedAt: Date
  /** The same as the station can read it: some firmwares stumble over fractions of a second. */
  now(): string
  /** Opens the way for our own CALLs on this link, once this message is answered. */
  admit(): void
}

/**
 * Answers one message of a station. In tolerant mode every member of `request` has its schema's type or is absent, so handlers
 * mark what they can live without as optional. Resolves when what the message told is durable.
 */
export type Handler<Request, Answer> = (request: Request, call: StationCall) => Promise<Answer>

/** By action name. The payload's type is each handler's own affair, checked by its schema before. */
export type StationHandlers = Readonly<Record<string, Handler<never, unknown>>>
