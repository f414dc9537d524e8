import { existsSync, unlinkSync } from 'node:fs'
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net'

/**
 * The line between one process and one server that it leans on. Cut, it carries nothing and tells nobody: no reset, no end, as when the
 * network between two machines is lost. What was on its way arrives when it is healed, however late.
 */
export interface Wire {
  cut(): void
  heal(): void
  close(): void
}

/** `at` and `to` are a port of this machine or the path of a socket. */
export const startWire = async (at: number | string, to: number | string): Promise<Wire> => {
  const target: NetConnectOpts = typeof to === 'string' ? { path: to } : { port: to, host: '127.0.0.1' }
  const sockets = new Set<Socket>()
  let isCut = false
  let whole = Promise.withResolvers<void>()
  whole.resolve()

  const carry = (from: Socket, into: Socket): void => {
    sockets.add(from)
    from.on('data', (chunk) => {
      if (into.write(chunk)) return
      from.pause()
      into.once('drain', () => {
        if (!isCut) from.resume()
      })
    })
    from.on('end', () => into.end())
    // A connection that breaks is closed on both sides; there is nothing else to do about it.
    from.on('error', () => from.destroy())
    from.on('close', () => {
      sockets.delete(from)
      if (!isCut) into.destroy()
      else void whole.promise.then(() => into.destroy())
    })
    if (isCut) from.pause()
  }
  const server = createServer({ pauseOnConnect: true }, async (client) => {
    client.on('error', () => client.destroy())
    await whole.promise
    if (client.destroyed) return
    const upstream = connect(target)
    carry(client, upstream)
    carry(upstream, client)
    if (!isCut) client.resume()
  })
  if (typeof at === 'string' && existsSync(at)) unlinkSync(at)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    if (typeof at === 'string') server.listen(at, resolve)
    else server.listen(at, '127.0.0.1', resolve)
  })
  return {
    cut: () => {
      if (isCut) return
      isCut = true
      whole = Promise.withResolvers<void>()
      for (const socket of sockets) socket.pause()
    },
    heal: () => {
      isCut = false
      whole.resolve()
      for (const socket of sockets) socket.resume()
    },
    close: () => {
      whole.resolve()
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
