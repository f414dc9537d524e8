import type { Dossier } from '../watch/dossier.ts'
import type { OcppVersion } from '../wire/version.ts'
import type { CallOptions } from './calls.ts'

/** Sends one CALL to the station at the other end of a link and resolves with its answer. */
export type Call = (action: string, payload: unknown, options?: CallOptions) => Promise<unknown>

/** What is to be kept of one exchange, once the station has answered. */
export interface Settled<Request, Answer> {
  readonly stationId: string
  readonly version: OcppVersion
  readonly request: Request
  readonly answer: Answer
  readonly at: Date
  readonly dossier: Dossier
}

/** A message we send. `settle` keeps what the answer made true; without it the exchange itself is all there is to keep. */
export interface Outgoing<Request = never, Answer = never> {
  readonly action: string
  settle?(told: Settled<Request, Answer>): Promise<void>
}

/** By action name. */
export type OutgoingTable = Readonly<Record<string, Outgoing>>

export const outgoingTable = (...all: readonly Outgoing[]): OutgoingTable =>
  Object.fromEntries(all.map((outgoing) => [outgoing.action, outgoing]))

/** The status word most answers consist of; stations leave it out or write it in capitals. */
export const statusOf = (answer: unknown): string => {
  const status = (answer as { status?: unknown } | null)?.status
  return typeof status === 'string' ? status : ''
}

export const isAccepted = (answer: unknown): boolean => statusOf(answer).toLowerCase() === 'accepted'
