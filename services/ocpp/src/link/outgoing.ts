import type { CallOptions } from './calls.ts'

/** Sends one CALL to the station at the other end of a link and resolves with its answer. */
export type Call = (action: string, payload: unknown, options?: CallOptions) => Promise<unknown>

/** The status word most answers consist of; stations leave it out or write it in capitals. */
export const statusOf = (answer: unknown): string => {
  const status = (answer as { status?: unknown } | null)?.status
  return typeof status === 'string' ? status : ''
}

export const isAccepted = (answer: unknown): boolean => statusOf(answer).toLowerCase() === 'accepted'
