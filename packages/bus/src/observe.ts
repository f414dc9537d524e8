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

export const observer = (log: BusLog | undefined, metric: ((metric: BusMetric) => void) | undefined): Observer => ({
  log: log ?? silent,
  metric: metric ?? (() => {}),
})

/** What may be logged of a failure: its own words, never the values it was about. */
export const failureFields = (error: unknown): object =>
  error instanceof Error
    ? { error: error.message, code: 'code' in error ? error.code : undefined, stack: error.stack }
    : { error: String(error) }
