import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { Station } from '../stations/station.ts'
import { callsOf, closeLink, giveUpMs, type Link, type LinkContext, type OpenLink } from './open-link.ts'
import { receive } from './receive.ts'

export const createLink = (
  context: LinkContext,
  socket: WebSocket,
  wire: Duplex,
  { _id: stationId, strict, wholeSeconds = false, noPing = false }: Station,
  epoch: number,
): Link => {
  const connectedAt = context.clock()
  const link: OpenLink = {
    stationId,
    epoch,
    version: context.schemas.version,
    connectedAt,
    context,
    socket,
    wire,
    strict,
    wholeSeconds,
    noPing,
    lastHeardAt: connectedAt.getTime(),
    isOpen: true,
    busySince: undefined,
    admitted: false,
    admitNext: false,
    calls: undefined,
    replays: undefined,
    inLine: [],
    working: undefined,
    call: (action, payload, options) => callsOf(link).call(action, payload, options),
    ping: () => {
      if (socket.readyState === socket.OPEN) socket.ping()
    },
    close: (code, reason) => closeLink(link, code, reason),
    done: new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        const why = String(reason) || `closed with ${code}`
        link.isOpen = false
        link.calls?.close(why)
        if (!link.working) return resolve(why)
        setTimeout(() => resolve(why), giveUpMs).unref()
        void link.working.then(() => resolve(why))
      })
    }),
  }
  const heard = (): void => {
    link.lastHeardAt = context.clock().getTime()
  }
  socket.on('message', (data: RawData) => receive(link, String(data)))
  socket.on('ping', heard)
  socket.on('pong', heard)
  socket.on('error', (error) => context.log.info({ stationId, why: error.message }, 'The socket broke'))
  return link
}
