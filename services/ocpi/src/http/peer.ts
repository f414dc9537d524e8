import { randomUUID } from 'node:crypto'
import { authorizationHeader, type TokenForm } from './authorization.ts'
import { exchange, type Received } from './exchange.ts'
import { type Routing, routingHeaders } from './routing.ts'

export interface PeerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly token: string
  readonly form: TokenForm
  readonly body?: unknown
  readonly routing?: Routing
  readonly correlationId?: string
}

/** How a partner answered: `ok` when both HTTP and OCPI say so. */
export interface PeerAnswer {
  readonly ok: boolean
  /** 0 when no answer came. */
  readonly http: number
  /** OCPI status code; undefined when the body is no OCPI envelope. */
  readonly status?: number
  readonly data?: unknown
  /** By name in small letters. */
  readonly headers: ReadonlyMap<string, string>
  /** What went wrong, in a sentence that names the request and never holds a secret. */
  readonly trouble?: string
  /** Trying again later may help. */
  readonly retriable: boolean
}

export interface PeerOptions {
  /** How long a partner may take. Default 20 s. */
  readonly timeoutMs?: number
  /** Largest answer read, bytes. Default 32 MiB. */
  readonly maxBytes?: number
}
export type Peer = (request: PeerRequest) => Promise<PeerAnswer>

/**
 * One request to a partner. Never throws for what a partner does: bodies that are no OCPI, redirects, silence and closed
 * connections all become an answer with a sentence.
 */
export const createPeer = (options: PeerOptions = {}): Peer => {
  const { timeoutMs = 20_000, maxBytes = 32 * 1024 * 1024 } = options
  return async (request) => {
    const what = `${request.method} ${withoutQuery(request.url)}`
    try {
      return judge(what, await send(request, request.url, { timeoutMs, maxBytes }))
    } catch (error) {
      return {
        ok: false,
        http: 0,
        headers: new Map(),
        retriable: true,
        trouble: `${what}: ${wordsOf(error, timeoutMs)}`,
      }
    }
  }
}

const send = async (
  request: PeerRequest,
  address: string,
  limits: { timeoutMs: number; maxBytes: number },
  hops = 0,
): Promise<Received> => {
  const url = new URL(address)
  const answer = await exchange(url, {
    method: request.method,
    headers: {
      authorization: authorizationHeader(request.token, request.form),
      accept: 'application/json',
      ...(request.method === 'GET' ? { 'accept-encoding': 'gzip, br' } : {}),
      'x-request-id': randomUUID(),
      'x-correlation-id': request.correlationId ?? randomUUID(),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...routingHeaders(request.routing ?? {}),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    ...limits,
  })
  const { location } = answer.headers
  // Some frameworks redirect /x to /x/ (or back). The token goes nowhere but to the host it belongs to, never from https to http.
  if ((answer.status === 307 || answer.status === 308) && location !== undefined && hops < 2) {
    const next = new URL(location, url)
    if (next.hostname !== url.hostname) throw new Error(`it redirects to another host, ${next.hostname}`)
    next.protocol = url.protocol
    next.host = url.host
    return send(request, next.href, limits, hops + 1)
  }
  return answer
}

const headersOf = (received: Received['headers']): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(received).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

const judge = (what: string, received: Received): PeerAnswer => {
  const { status: http, text } = received
  const headers = headersOf(received.headers)
  const envelope = parse(text)
  const status = envelope?.status_code
  const httpFine = http >= 200 && http < 300
  const retriable =
    http === 408 || http === 425 || http === 429 || http >= 500 || (status !== undefined && status >= 3000)
  if (envelope === undefined || typeof status !== 'number') {
    // Some answer a push with an empty 2xx: nothing is missing then.
    if (httpFine && text.trim() === '') return { ok: true, http, headers, retriable: false }
    const trouble = `${what}: HTTP ${http} with a body that is no OCPI answer${text === '' ? '' : ` (${snippet(text)})`}`
    return { ok: false, http, headers, retriable: retriable || httpFine, trouble }
  }
  const ok = httpFine && status >= 1000 && status < 2000
  const { data } = envelope
  const message = typeof envelope.status_message === 'string' ? `: ${snippet(envelope.status_message)}` : ''
  return {
    ok,
    http,
    status,
    headers,
    retriable,
    ...(data === undefined || data === null ? {} : { data }),
    ...(ok ? {} : { trouble: `${what}: HTTP ${http}, OCPI ${status}${message}` }),
  }
}

const parse = (text: string): (Record<string, unknown> & { status_code?: number }) | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const envelope = value as Record<string, unknown>
    const code = envelope.status_code
    return typeof code === 'string' && /^\d{4}$/.test(code) ? { ...envelope, status_code: Number(code) } : envelope
  } catch {
    return undefined
  }
}

const snippet = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 160)
const withoutQuery = (url: string): string => url.split('?')[0]!

const wordsOf = (error: unknown, timeoutMs: number): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`
  const code = 'code' in error ? String(error.code) : ''
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'the connection was refused',
    ENOTFOUND: 'the host is not known',
    ECONNRESET: 'the connection was cut',
    EPIPE: 'the connection was cut',
  }
  return words[code] ?? (error.message || code)
}
