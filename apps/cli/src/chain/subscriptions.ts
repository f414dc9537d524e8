import { WebSocket } from 'ws'
import { allowedSubscriptions } from './methods.ts'

export interface Subscriptions {
  /** True for eth_subscribe and eth_unsubscribe. */
  wants(text: string): boolean
  take(text: string): void
  close(): void
}

const subscriptionsPerSocket = 20

/**
 * Subscriptions of one client: carried by an own connection to the node, opened at the first one. When the node restarts, both
 * connections close (1012, service restart) and the client subscribes anew, as with any node.
 */
export const openSubscriptions = (client: WebSocket, upstreamUrl: () => string | undefined): Subscriptions => {
  let upstream: WebSocket | undefined
  let held = 0

  const refuse = (id: unknown, code: number, message: string) =>
    client.send(JSON.stringify({ jsonrpc: '2.0', id: id ?? null, error: { code, message } }))

  const connect = (url: string): WebSocket => {
    const socket = new WebSocket(url)
    socket.on('message', (data) => {
      if (client.readyState === client.OPEN) client.send(data.toString())
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      if (client.readyState === client.OPEN) client.close(1012, 'the chain restarts')
    })
    return socket
  }

  return {
    wants: (text) => {
      if (text.length > 20_000 || !text.includes('subscribe')) return false
      const request = parse(text)
      return request?.method === 'eth_subscribe' || request?.method === 'eth_unsubscribe'
    },
    take: (text) => {
      const request = parse(text)
      const url = upstreamUrl()
      if (!url) return refuse(request?.id, -32000, 'The local chain is restarting; try again in a moment')
      if (request?.method === 'eth_subscribe') {
        if (!allowedSubscriptions.has(String(request.params?.[0])))
          return refuse(request.id, -32602, 'Only newHeads and logs can be subscribed to')
        held += 1
        if (held > subscriptionsPerSocket) return refuse(request.id, -32005, 'Too many subscriptions on one connection')
      }
      upstream ??= connect(url)
      const socket = upstream
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
      else socket.once('open', () => socket.send(text))
    },
    close: () => upstream?.close(),
  }
}

const parse = (text: string): { id?: unknown; method?: unknown; params?: readonly unknown[] } | undefined => {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
