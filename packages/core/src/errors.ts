/**
 * The one error class of the house. `code` is stable and registered below; the HTTP edge turns it into RFC 9457 problem details.
 * `message` says what happened and to what; `hint` says what to do.
 */
export class WerenodeError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  /** Safe to show: never holds a secret. */
  readonly data: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; data?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'WerenodeError'
    this.code = code
    this.hint = options.hint
    this.data = options.data ?? {}
  }
}

/** Every code and the HTTP status it becomes at the edge. */
export const errorStatus = {
  'invalid-input': 400,
  'not-authenticated': 401,
  'not-allowed': 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'quote-expired': 410,
  'quote-mismatch': 409,
  'terms-refused': 422,
  'signature-invalid': 422,
  'not-computable': 422,
  'not-payable': 409,
  'evse-occupied': 409,
  'evse-unavailable': 409,
  'credit-insufficient': 402,
  'station-offline': 409,
  'station-refused': 409,
  'station-timeout': 504,
  'session-state': 409,
  'rate-limited': 429,
  'chain-unavailable': 503,
  'store-unavailable': 503,
  'no-responder': 503,
  timeout: 504,
  internal: 500,
} as const

export type ErrorCode = keyof typeof errorStatus

export const isWerenodeError = (error: unknown): error is WerenodeError =>
  error instanceof WerenodeError || (error instanceof Error && error.name === 'WerenodeError' && 'code' in error)
