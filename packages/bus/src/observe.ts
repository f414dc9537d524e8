import { isWerenodeError } from '@werenode/core'

/** The part of a logger the bus uses; pino fits. */
export interface BusLog {
  info(data: object, message: string): void
  warn(data: object, message: string): void
  error(data: object, message: string): void
}

/** What the bus tells whoever counts; called synchronously, so it must be quick and must not throw. */
export type BusMetric =
  | { readonly kind: 'commit'; readonly events: number; readonly durationMs: number; readonly ok: boolean }
  | {
      readonly kind: 'delivery'
      readonly group: string
      readonly type: string
      readonly durationMs: number
      readonly ok: boolean
    }
  | { readonly kind: 'request'; readonly subject: string; readonly durationMs: number; readonly outcome: string }

export interface Observer {
  readonly log: BusLog
  readonly metric: (metric: BusMetric) => void
}

const silent: BusLog = { info: () => {}, warn: () => {}, error: () => {} }

export const observer = (log: BusLog = silent, onMetric: (metric: BusMetric) => void = () => {}): Observer => ({
  log,
  metric: (metric) => {
    try {
      onMetric(metric)
    } catch (error) {
      log.error(failureFields(error), 'Whoever counts what the bus does failed')
    }
  },
})

/** What is logged of a failure. The stack only of the unexpected: a WerenodeError says in words what happened. */
export const failureFields = (error: unknown): object => {
  if (isWerenodeError(error)) return { code: error.code, error: error.message, hint: error.hint }
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) }
}
