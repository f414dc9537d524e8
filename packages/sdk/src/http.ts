import { isWerenodeError, WerenodeError } from '@werenode/core'
import { backOff, pause } from './pause.ts'
import { errorOf, unreachable } from './problem.ts'
import { endingSignal } from './signal.ts'

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly query?: Query
  /** JSON; text or bytes as they are where `media` says what they are. */
  readonly body?: unknown
  readonly media?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Makes a POST safe to repeat. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

export interface Http {
  /** The answer's JSON (undefined for 204). Throws WerenodeError. What is safe to repeat is repeated when the node is away. */
  json<T>(path: string, ask?: Ask): Promise<T>
  /** The raw answer, good or not; throws only when the node cannot be reached. */
  raw(path: string, ask?: Ask): Promise<Response>
}

/** Tries in all. */
const tries = 3
const timeoutMs = 30_000

/** HTTP to one node. */
export const createHttp = ({ baseUrl, fetch }: { baseUrl: string; fetch: typeof globalThis.fetch }): Http => {
  const raw = async (path: string, ask: Ask = {}): Promise<Response> => {
    const url = new URL(path, baseUrl)
    for (const [name, value] of Object.entries(ask.query ?? {}))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) url.searchParams.append(name, String(one))
    try {
      return await fetch(url, {
        method: ask.method ?? 'GET',
        headers: {
          accept: 'application/json, application/problem+json',
          ...(ask.body === undefined ? {} : { 'content-type': ask.media ?? 'application/json' }),
          ...(ask.idempotencyKey === undefined ? {} : { 'idempotency-key': ask.idempotencyKey }),
          ...ask.headers,
        },
        ...(ask.body === undefined
          ? {}
          : { body: ask.media === undefined ? JSON.stringify(ask.body) : (ask.body as string) }),
        ...(ask.signal === undefined ? {} : { signal: ask.signal }),
      })
    } catch (error) {
      if (ask.signal?.aborted) throw ask.signal.reason
      throw unreachable(baseUrl, error)
    }
  }

  const once = async <T>(path: string, ask: Ask): Promise<T> => {
    const ending = endingSignal(ask.signal)
    const late = new WerenodeError('timeout', `${baseUrl} did not answer in time`, { hint: 'Try again.' })
    const timer = setTimeout(() => ending.end(late), timeoutMs)
    try {
      const answer = await raw(path, { ...ask, signal: ending.signal })
      if (!answer.ok) throw await errorOf(answer)
      if (answer.status === 204) return undefined as T
      return (await answer.json()) as T
    } finally {
      clearTimeout(timer)
      ending.release()
    }
  }

  return {
    raw,
    json: async <T>(path: string, ask: Ask = {}) => {
      const safe = (ask.method ?? 'GET') === 'GET' || ask.idempotencyKey !== undefined
      const wait = backOff(300, 5_000)
      for (let attempt = 1; ; attempt += 1)
        try {
          return await once<T>(path, ask)
        } catch (error) {
          if (!safe || attempt >= tries || !isPassing(error)) throw error
          await pause(wait.nextMs(), ask.signal)
        }
    },
  }
}

const isPassing = (error: unknown): boolean =>
  isWerenodeError(error) && ['no-responder', 'timeout', 'store-unavailable'].includes(error.code)
