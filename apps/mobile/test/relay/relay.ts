import { createHash, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/**
 * The relay of WalletConnect after its public specification (relay server RPC): sealed letters go to who subscribed to their topic, and wait
 * for who has not yet. It cannot read them. Tags are those of the Sign API.
 */

interface Letter {
  readonly topic: string
  readonly message: string
  readonly tag: number
  readonly publishedAt: number
}
interface Params {
  readonly topic?: string
  readonly topics?: readonly string[]
  readonly message?: string
  readonly tag?: number
  readonly id?: string
  readonly messages?: readonly { topic: string; message: string; tag?: number }[]
  readonly pairingTopic?: string
  readonly sessionProposal?: string
  readonly sessionTopic?: string
  readonly sessionProposalResponse?: string
  readonly sessionSettlementRequest?: string
}
interface Peer {
  readonly topics: Set<string>
  readonly send: (text: string) => void
}

/** A line that one client holds to the relay, whatever carries it. */
export interface Line {
  receive(text: string): void
  close(): void
}

export const createRelay = () => {
  const peers = new Set<Peer>()
  const waiting = new Map<string, Letter[]>()
  /** Every letter's tag, in the order they came: what was said can be counted, never read. */
  const tags: number[] = []
  let nextId = 1

  const deliver = (peer: Peer, { tag: _tag, ...letter }: Letter): void =>
    peer.send(
      JSON.stringify({
        id: Date.now() * 1_000 + (nextId++ % 1_000),
        jsonrpc: '2.0',
        method: 'irn_subscription',
        params: { id: idOf(letter.topic), data: letter },
      }),
    )
  const publish = (from: Peer, topic: string, message: string, tag = 0): void => {
    const letter = { topic, message, tag, publishedAt: Date.now() }
    tags.push(tag)
    const takers = [...peers].filter((peer) => peer !== from && peer.topics.has(topic))
    for (const peer of takers) deliver(peer, letter)
    if (takers.length === 0) waiting.set(topic, [...(waiting.get(topic) ?? []), letter])
  }
  const subscribe = (peer: Peer, topic: string): string => {
    peer.topics.add(topic)
    const letters = waiting.get(topic) ?? []
    waiting.delete(topic)
    // The answer to the subscription goes first.
    setTimeout(() => {
      for (const letter of letters) deliver(peer, letter)
    }, 0)
    return idOf(topic)
  }
  const answer = (peer: Peer, method: string, params: Params): unknown => {
    const { topic = '', topics = [], message = '', tag, messages = [] } = params
    switch (method) {
      case 'irn_publish':
        publish(peer, topic, message, tag)
        return true
      case 'irn_batchPublish':
        for (const one of messages) publish(peer, one.topic, one.message, one.tag)
        return true
      case 'irn_subscribe':
        return subscribe(peer, topic)
      case 'irn_batchSubscribe':
        return topics.map((one) => subscribe(peer, one))
      case 'irn_unsubscribe':
        return peer.topics.delete(topic)
      case 'irn_batchFetchMessages': {
        const found = topics.flatMap((one) => waiting.get(one) ?? [])
        for (const one of topics) waiting.delete(one)
        return { messages: found, hasMore: false }
      }
      case 'wc_proposeSession':
        subscribe(peer, params.pairingTopic!)
        publish(peer, params.pairingTopic!, params.sessionProposal!, 1100)
        return true
      case 'wc_approveSession':
        subscribe(peer, params.sessionTopic!)
        publish(peer, params.pairingTopic!, params.sessionProposalResponse!, 1101)
        publish(peer, params.sessionTopic!, params.sessionSettlementRequest!, 1102)
        return true
      default:
        return undefined
    }
  }

  return {
    tags: tags as readonly number[],
    connect(send: (text: string) => void): Line {
      const peer: Peer = { topics: new Set(), send }
      peers.add(peer)
      return {
        receive(text) {
          const { id, method, params } = JSON.parse(text) as { id: number; method?: string; params?: Params }
          // An acknowledgement of a letter that was delivered.
          if (method === undefined) return
          const result = answer(peer, method, params ?? {})
          send(
            JSON.stringify(
              result === undefined
                ? { id, jsonrpc: '2.0', error: { code: -32601, message: `Method not found: ${method}` } }
                : { id, jsonrpc: '2.0', result },
            ),
          )
        },
        close: () => void peers.delete(peer),
      }
    },
  }
}
export type Relay = ReturnType<typeof createRelay>

const idOf = (topic: string): string => createHash('sha256').update(topic).digest('hex')

/** The relay on a port of this machine. */
export const serveRelay = async (relay: Relay) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  server.on('connection', (socket) => {
    const line = relay.connect((text) => socket.send(text))
    socket.on('message', (data) => line.receive(String(data)))
    socket.on('close', line.close)
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/${randomUUID()}`,
    /** How many clients hold a line. */
    lines: () => server.clients.size,
    /** Takes every line down, as a relay that is restarted does. */
    drop() {
      for (const socket of server.clients) socket.terminate()
    },
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of server.clients) socket.terminate()
        server.close(() => resolve())
      }),
  }
}
