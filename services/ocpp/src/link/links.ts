import type { Logger } from 'pino'
import type { Link } from './open-link.ts'

/** The living link of each station in this process. A link cleans up after itself only while it is still the station's own. */
export interface Links {
  get(stationId: string): Link | undefined
  /** Puts a newcomer in place and closes whoever was there. */
  replace(link: Link): void
  /** Takes the link out, unless a newer one stands in its place. */
  remove(link: Link): void
  /** Another process took the station over. */
  fence(stationId: string, epoch: number): void
  all(): IterableIterator<Link>
  readonly count: number
}

export const createLinks = ({ log }: { log: Logger }): Links => {
  const links = new Map<string, Link>()
  return {
    get: (stationId) => links.get(stationId),
    replace: (link) => {
      const before = links.get(link.stationId)
      links.set(link.stationId, link)
      if (!before) return
      log.warn({ stationId: link.stationId, old: before.epoch, new: link.epoch }, 'A newer connection took the place')
      before.close(1000, 'Replaced by a newer connection')
    },
    remove: (link) => {
      if (links.get(link.stationId) === link) links.delete(link.stationId)
    },
    fence: (stationId, epoch) => {
      const link = links.get(stationId)
      if (!link || link.epoch >= epoch) return
      links.delete(stationId)
      link.close(1000, 'The station connected elsewhere')
    },
    all: () => links.values(),
    get count() {
      return links.size
    },
  }
}
