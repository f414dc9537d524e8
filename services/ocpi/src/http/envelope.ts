/** OCPI's own status codes (status_codes); HTTP says how the transport fared, these how the request did. */
export const ocpiStatus = {
  success: 1000,
  clientError: 2000,
  invalid: 2001,
  notEnough: 2002,
  unknownLocation: 2003,
  unknownToken: 2004,
  serverError: 3000,
  cannotUseClient: 3001,
  unsupportedVersion: 3002,
  noEndpoints: 3003,
  hubError: 4000,
  unknownReceiver: 4001,
  forwardTimeout: 4002,
  notConnected: 4003,
} as const

/** transport_and_format, "Response format". */
export interface Envelope {
  readonly data?: unknown
  readonly status_code: number
  readonly status_message?: string
  readonly timestamp: string
}

/** What a handler answers; the edge wraps it. */
export interface Answer {
  readonly http?: number
  readonly status?: number
  readonly message?: string
  readonly data?: unknown
  /** A list whose items are JSON already: a page is not written out twice. */
  readonly json?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal with both codes; thrown by handlers. */
export class Refused extends Error {
  readonly http: number
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(http: number, status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'Refused'
    this.http = http
    this.status = status
    this.headers = headers
  }
}

export const notFound = (what: string): Refused => new Refused(404, ocpiStatus.clientError, `${what} is not known here`)
/** Valid JSON about an existing resource that cannot be taken: HTTP 200 and 2001 (specification issues #280, #99). */
export const invalid = (message: string): Refused => new Refused(200, ocpiStatus.invalid, message)
export const methodNotAllowed = (message: string, allowed: readonly string[] = []): Refused =>
  new Refused(405, ocpiStatus.clientError, message, allowed.length > 0 ? { allow: allowed.join(', ') } : {})

export const envelopeOf = (answer: Answer, at: Date): string => {
  const { status = ocpiStatus.success, message } = answer
  const data = answer.json ?? (answer.data === undefined ? undefined : JSON.stringify(answer.data))
  return `{${data === undefined ? '' : `"data":${data},`}"status_code":${status},${
    message === undefined ? '' : `"status_message":${JSON.stringify(message)},`
  }"timestamp":"${at.toISOString()}"}`
}
