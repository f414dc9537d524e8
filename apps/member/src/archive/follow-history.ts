import { isWerenodeError } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { type Charge, chargeOf, isOver } from '../charges/charge.ts'
import type { Session } from '../charges/session.ts'

/** What of the history is here already, and where reading it is to go on. */
export interface Known {
  charge(id: string): Charge | undefined
  /** Charges that could still change. */
  unfinished(): readonly Charge[]
  /** Cursor of the first page not read yet; `done` when the oldest charge was seen; undefined before the first time. */
  bookmark(): Promise<string | undefined>
  setBookmark(bookmark: string): Promise<void>
  keep(charges: readonly Charge[], tariffs: ReadonlyMap<string, unknown>): Promise<void>
}

const pageSize = '100'
const mostWaitsMs = 30_000

/**
 * Brings the history on this device up to date: what is new first, until something known comes; then the rest from where it was left, to
 * the first charge ever. Can be stopped at any line and goes on the next time.
 */
export const followHistory = async (
  api: Pick<Werenode['api'], 'listSessions' | 'getSession'>,
  known: Known,
  signal: AbortSignal,
): Promise<void> => {
  const take = async (sessions: readonly Session[]): Promise<void> => {
    const charges = sessions.map(chargeOf)
    await known.keep(charges, new Map(sessions.map(({ terms, tariff }) => [terms.tariffHash, tariff as unknown])))
  }
  const page = (cursor: string | undefined) =>
    patiently(
      () => api.listSessions({ query: { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) }, signal }),
      signal,
    )

  const bookmark = await known.bookmark()
  const stale = new Set(known.unfinished().map(({ id }) => id))
  let cursor: string | undefined
  do {
    const { items, next } = await page(cursor)
    const meetsKnown = items.some(({ id }) => known.charge(id) !== undefined)
    for (const { id } of items) stale.delete(id)
    await take(items)
    if (bookmark === undefined) await known.setBookmark(next ?? 'done')
    cursor = next
    if (bookmark !== undefined && meetsKnown) break
  } while (cursor !== undefined && !signal.aborted)

  // Those that changed further back than the pages just read.
  for (const id of stale) {
    if (signal.aborted) return
    const session = await patiently(() => api.getSession({ params: { sessionId: id }, signal }), signal)
    await take([session])
  }

  let left = bookmark === undefined || bookmark === 'done' ? undefined : bookmark
  while (left !== undefined && !signal.aborted) {
    const { items, next } = await page(left)
    await take(items)
    await known.setBookmark(next ?? 'done')
    left = next
  }
}

/** Waits as long as the node asks when it was asked too often. */
const patiently = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'rate-limited' || signal.aborted) throw error
      const { retryAfterS } = (error.data ?? {}) as { retryAfterS?: number }
      await new Promise((resolve) => setTimeout(resolve, Math.min(mostWaitsMs, (retryAfterS ?? 1) * 1000)))
    }
  }
}

export const unfinishedOf = (charges: Iterable<Charge>): readonly Charge[] => [...charges].filter((one) => !isOver(one))
