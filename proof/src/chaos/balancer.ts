import { connect, createServer, type Socket } from 'node:net'

/** A TCP load balancer: each connection goes to the next backend that takes it. What stands before processes that come and go. */
export interface Balancer {
  readonly port: number
  close(): void
}

export const startBalancer = (backends: readonly number[], listenOn = 0): Promise<Balancer> => {
  let turn = 0
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A connection that breaks is closed on both sides; there is nothing else to do about it.
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((client) => {
    keep(client)
    const first = turn++
    const attempt = (tried: number): void => {
      if (tried === backends.length) return void client.destroy()
      const upstream = connect(backends[(first + tried) % backends.length]!, '127.0.0.1')
      let joined = false
      upstream.once('connect', () => {
        joined = true
        keep(upstream)
        client.pipe(upstream)
        upstream.pipe(client)
        client.once('close', () => upstream.destroy())
        upstream.once('close', () => client.destroy())
      })
      upstream.once('error', () => {
        if (!joined) attempt(tried + 1)
      })
    }
    attempt(0)
  })
  return new Promise((resolve) => {
    server.listen(listenOn, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      resolve({
        port,
        close: () => {
          for (const socket of sockets) socket.destroy()
          server.close()
        },
      })
    })
  })
}
