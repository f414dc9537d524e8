import type { Duplex } from 'node:stream'
import { type Bus, type StationCommand, stationCommandSubject } from '@werenode/core'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type { CarryOut } from '../commands/commands.ts'
import type { AnyCommand, SendAny } from '../commands/send-any.ts'
import type { Admitted } from '../door/door.ts'
import { Refusal } from '../door/refusal.ts'
import type { CloseCommand, PendingCommand } from '../stations/console.ts'
import type { StationRecords } from '../stations/records.ts'
import type { MessageLog } from '../watch/message-log.ts'
import type { OcppVersion } from '../wire/version.ts'
import { createLink } from './link.ts'
import type { Links } from './links.ts'
import type { Link, LinkContext } from './open-link.ts'

/** Where links lie: takes them in, lets the house speak to them, watches that they live, and lets them go in order. */
export interface Harbour {
  /** A newcomer's epoch; a living link without credentials is asked first. Throws `Refusal`. */
  acquire(admitted: Admitted): Promise<number>
  /** `wire` is what lies under the socket. */
  hold(socket: WebSocket | undefined, wire: Duplex, admitted: Admitted, epoch: number): void
  /** Closes what is silent for too long, or stuck; pings what is silent. */
  watch(): void
  /** Closes every link and resolves when all are gone. */
  clear(reason: string): Promise<void>
}

export const createHarbour = ({
  links,
  records,
  bus,
  log,
  now,
  contextOf,
  carryOut,
  sendAny,
  messages,
  pingAfterMs,
  deadAfterMs,
  stallMs,
}: {
  links: Links
  records: StationRecords
  bus: Bus
  log: Logger
  now: () => number
  contextOf: Readonly<Record<OcppVersion, LinkContext>>
  carryOut: CarryOut
  sendAny: SendAny
  messages: MessageLog
  pingAfterMs: number
  deadAfterMs: number
  /** How long one message may be worked on. */
  stallMs: number
}): Harbour => {
  const leaving = new Set<Promise<void>>()
  let clearing: string | undefined

  const track = (task: Promise<void>): void => {
    const tracked: Promise<void> = task
      .catch((error) => log.error({ err: error }, 'A link could not be given up in order'))
      .finally(() => leaving.delete(tracked))
    leaving.add(tracked)
  }

  /** One subject for all that may be asked of a station: what the manager wants, and any message an operator sends. */
  const obey = async (link: Link, command: unknown): Promise<unknown> => {
    const { action, close, pending } = command as Partial<AnyCommand & CloseCommand & PendingCommand>
    if (pending) return messages.pending(link.stationId)
    if (action !== undefined) return sendAny(link, command as AnyCommand)
    if (close === undefined) return carryOut(link, command as StationCommand)
    link.close(1008, close)
    return {}
  }

  return {
    acquire: async (admitted) => {
      await yieldToLiving(links.get(admitted.station._id), admitted)
      return records.acquire(admitted.station._id, admitted)
    },
    hold: (socket, wire, { station, version }, epoch) => {
      const stationId = station._id
      if (!socket) return track(records.release(stationId, epoch, 'Gone before it was let in'))
      const link = createLink(contextOf[version], socket, wire, station, epoch)
      links.replace(link)
      const unserve = bus.serve(stationCommandSubject(stationId), (command) => obey(link, command))
      log.info({ stationId, version, epoch }, 'A station is connected')
      const goneAway = link.done.then(async (reason) => {
        links.remove(link)
        await unserve()
        log.info({ stationId, epoch, reason }, 'A station is gone')
        await records.release(stationId, epoch, clearing ?? reason)
      })
      track(goneAway)
    },
    watch: () => {
      for (const link of links.all()) {
        const silentMs = now() - link.lastHeardAt
        const stuckMs = link.busySince === undefined ? 0 : now() - link.busySince
        if (stuckMs > stallMs) {
          log.error({ stationId: link.stationId, stuckMs }, 'A message is stuck; its link is closed')
          link.close(1011, 'A message could not be worked on in time')
        } else if (silentMs > deadAfterMs) link.close(1001, 'Nothing was heard for too long')
        else if (silentMs > pingAfterMs && !link.noPing) link.ping()
      }
    },
    clear: async (reason) => {
      clearing = reason
      for (const link of links.all()) link.close(1001, reason)
      while (links.count > 0 || leaving.size > 0) {
        await Promise.all(leaving)
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

/** How long a living link may take to answer a ping. */
const livingMs = 2_000

/** Without credentials anybody could push a living station out: the newcomer waits for a failed ping of the old link. */
const yieldToLiving = async (old: Link | undefined, { station }: Admitted): Promise<void> => {
  if (station.securityProfile !== 0 || !old?.isOpen) return
  const heardBefore = old.lastHeardAt
  old.ping()
  for (const deadline = Date.now() + livingMs; Date.now() < deadline && old.isOpen; ) {
    if (old.lastHeardAt > heardBefore)
      throw new Refusal(409, `Charging station ${station._id} is already connected and alive`, 60)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
