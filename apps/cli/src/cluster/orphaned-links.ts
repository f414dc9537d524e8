import { type Bus, type Doc, isWerenodeError, type Store } from '@werenode/core'
import type { OcppService } from '@werenode/ocpp'
import type { Logger } from 'pino'

const LOOK_MS = 3_000

interface LinkRow extends Doc {
  readonly holder: string
}

const subjectOf = (holder: string): string => `ocpp.holder.${holder.replaceAll('.', '_')}`

/**
 * Processes that hold stations answer under their name. One that nobody hears twice in a row is gone: its stations are told as
 * disconnected, and whichever process they connect to next takes them over with a new epoch.
 */
export const watchOrphanedLinks = (deps: {
  store: Store
  bus: Bus
  ocpp: OcppService
  holder: string
  log: Logger
}): (() => Promise<void>) => {
  const { store, bus, ocpp, holder, log } = deps
  const silent = new Set<string>()
  const unserve = bus.serve(subjectOf(holder), async () => ({ holder }))

  const isGone = async (other: string): Promise<boolean> => {
    try {
      await bus.request(subjectOf(other), {}, { timeoutMs: 5_000 })
      return false
    } catch (error) {
      // Slow is not gone: only a name that nobody serves.
      return isWerenodeError(error) && error.code === 'no-responder'
    }
  }
  const holders = async (): Promise<Set<string>> => {
    const found = new Set<string>()
    for (let after: string | undefined; ; ) {
      const filter = { connected: true, holder: { $nin: [holder, ...found] } }
      const { items } = await store.find<LinkRow>('ocpp_links', filter, { limit: 1, ...(after ? { after } : {}) })
      if (items[0] === undefined) return found
      found.add(items[0].holder)
    }
  }
  const look = async (): Promise<void> => {
    for (const other of await holders()) {
      if (!(await isGone(other))) silent.delete(other)
      else if (!silent.has(other)) silent.add(other)
      else {
        silent.delete(other)
        log.warn({ holder: other }, 'A process that held stations is gone; its links are released')
        await ocpp.releaseLinksOf(other)
      }
    }
  }
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = look().catch((error: unknown) =>
      log.warn({ err: error }, 'Links of processes that are gone could not be released'),
    )
  }, LOOK_MS)
  return async () => {
    clearInterval(timer)
    await looking
    await unserve()
  }
}
