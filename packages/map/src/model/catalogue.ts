import { isWerenodeError, WerenodeError } from '@werenode/core'
import { type Query, queryText } from './filters.ts'
import type { Place, PlaceDetail } from './place.ts'

export interface Found {
  readonly items: readonly Place[]
  /** There is more than was asked for. */
  readonly more: boolean
}

/** Where places come from. */
export interface PlaceSource {
  search(query: Query, options: { limit: number; signal?: AbortSignal }): Promise<Found>
  detail(placeId: string, signal?: AbortSignal): Promise<PlaceDetail>
}

/** The public catalogue of a node; it asks nobody who they are. Throws `no-responder` without network. */
export const nodePlaces = (baseUrl: string, fetch: typeof globalThis.fetch = globalThis.fetch): PlaceSource => {
  const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => {
    let answer: Response
    try {
      answer = await fetch(`${baseUrl}${path}`, {
        headers: { accept: 'application/json' },
        ...(signal ? { signal } : {}),
      })
    } catch (cause) {
      if (signal?.aborted) throw cause
      throw new WerenodeError('no-responder', 'The node cannot be reached', {
        hint: 'Check your connection; what was loaded before is still shown.',
        cause,
      })
    }
    const body: unknown = await answer.json().catch(() => undefined)
    if (answer.ok && body !== undefined) return body as T
    const problem = body as { code?: string; detail?: string; title?: string } | undefined
    throw new WerenodeError(
      answer.status === 404
        ? 'not-found'
        : answer.status === 429
          ? 'rate-limited'
          : answer.status === 400
            ? 'invalid-input'
            : 'no-responder',
      problem?.detail ?? problem?.title ?? `The node answered ${answer.status}`,
    )
  }
  return {
    async search(query, { limit, signal }) {
      const { items, next } = await get<{ items: readonly Place[]; next?: string }>(
        `/v1/locations?${queryText({ ...query, limit: String(limit) })}`,
        signal,
      )
      return { items, more: next !== undefined }
    },
    detail: (placeId, signal) => get(`/v1/locations/${encodeURIComponent(placeId)}`, signal),
  }
}

/** Whether trying again later may help: nobody answered. */
export const isAway = (error: unknown): boolean =>
  isWerenodeError(error) && ['no-responder', 'timeout', 'store-unavailable'].includes(error.code)
