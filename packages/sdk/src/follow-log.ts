import { isWerenodeError, type StationFrame } from '@werenode/core'
import { pause } from './pause.ts'
import type { MessageFilter } from './stations.ts'

type Read = (query: MessageFilter & { limit: number; after?: Date }) => Promise<{
  readonly items: readonly StationFrame[]
}>

const most = 1_000

/**
 * Frames as they come, oldest first. Several may share a millisecond: the last one seen is asked for again, and of it what was given
 * already is left out.
 */
export async function* followLog(
  read: Read,
  {
    signal,
    everyMs = 1_000,
    ...filter
  }: MessageFilter & { readonly signal?: AbortSignal; readonly everyMs?: number } = {},
): AsyncGenerator<StationFrame, void, void> {
  const newest = (await read({ ...filter, limit: 1 })).items[0]
  let at = newest?.at
  let given = at === undefined ? 0 : await countAt(read, filter, at)
  while (!signal?.aborted) {
    const items = await read({ ...filter, limit: most, ...(at === undefined ? {} : { after: new Date(at) }) }).then(
      (answer) => answer.items.toReversed(),
      (error: unknown) => {
        // A node that restarts is asked again; whoever may not read is told so.
        if (isWerenodeError(error) && ['no-responder', 'timeout', 'rate-limited'].includes(error.code)) return []
        throw error
      },
    )
    const known = at
    const old = items.filter((frame) => frame.at === known)
    const fresh = items.filter((frame) => frame.at !== known)
    for (const frame of [...old.slice(given), ...fresh]) yield frame
    const last = items.at(-1)
    if (last !== undefined) {
      at = last.at
      given = items.filter((frame) => frame.at === last.at).length
    }
    await pause(everyMs, signal).catch(() => undefined)
  }
}

const countAt = async (read: Read, filter: MessageFilter, at: string): Promise<number> =>
  (await read({ ...filter, limit: most, after: new Date(at) })).items.filter((frame) => frame.at === at).length
