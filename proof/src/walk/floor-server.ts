import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  isSignedBy,
  quoteTypedData,
  receiptTypedData,
  recordTypedData,
  type SigningDomain,
  termsTypedData,
} from '@werenode/chain'
import {
  type Address,
  type Doc,
  type Hex,
  receiptFromWire,
  receiptToWire,
  termsFromWire,
  type WireReceipt,
  type WireTerms,
} from '@werenode/core'
import { openSqliteStore } from '@werenode/store'
import type { SignTypedDataParameters } from 'viem'
import { WebSocketServer } from 'ws'
import { openFloorNetwork } from './floor-network.ts'

/**
 * The floor in one plain process: a bare `node:http` server, a bare `ws` server, the same store, the same signatures and the same two
 * transactions, and nothing of the house: no machine, no bus, no outbox, no validation, no access control, no recovery.
 */
const [folder, rpcUrl, funderKey, driver] = process.argv.slice(2) as [string, string, Hex, Address]
const network = await openFloorNetwork(rpcUrl, funderKey, driver)
const { operator, meterKey, domain } = network
const store = await openSqliteStore({ folder })
await store.define([{ name: 'floor', indexes: [{ fields: ['walk'] }] }])

/** What every message says: its walk and how many rows are its share of the work. */
export interface Message {
  readonly what: 'quote' | 'open' | 'stop' | 'cosign' | 'view' | 'station'
  readonly walk: string
  readonly rows: number
  readonly sessionKey?: Address
  readonly signature?: Hex
  /** What the driver is to hear of it, and how often. */
  readonly event?: string
  readonly times?: number
  /** From a station that wants an answer. */
  readonly id?: string
}
/** What it tells its parent. */
export interface FloorReady {
  readonly port: number
  readonly domain: SigningDomain
}
interface Walk {
  terms?: WireTerms
  operatorSignature?: Hex
  receipt?: WireReceipt
  receiptSignature?: Hex
  live?: (event: string, data: object) => void
}

const walks = new Map<string, Walk>()
let written = 0
const keep = async (message: Message): Promise<void> => {
  await store.write(
    Array.from({ length: message.rows }, () => {
      written += 1
      return {
        op: 'insert',
        in: 'floor',
        doc: { _id: String(written), ...message, terms: walks.get(message.walk)?.terms } as Doc,
      }
    }),
  )
}
const sign = (account: typeof operator, typed: object) => account.signTypedData(typed as SignTypedDataParameters)

const answers: Record<Message['what'], (message: Message, walk: Walk) => Promise<object>> = {
  quote: async (message, walk) => {
    const { terms, sessionId } = network.termsOf(message.sessionKey!)
    walk.terms = terms
    walk.operatorSignature = await sign(operator, quoteTypedData(sessionId, domain))
    await keep(message)
    return { terms, operatorSignature: walk.operatorSignature }
  },
  open: async (message, walk) => {
    const terms = termsFromWire(walk.terms!)
    if (!(await isSignedBy(terms.driver, termsTypedData(terms, domain), message.signature!)))
      throw new Error('Not signed by the driver.')
    await keep(message)
    await network.open(terms, message.signature!, walk.operatorSignature!)
    await keep({ ...message, rows: 1 })
    walk.live?.('funded', {})
    return { state: 'funded' }
  },
  stop: async (message) => {
    await keep(message)
    return {}
  },
  cosign: async (message, walk) => {
    const terms = termsFromWire(walk.terms!)
    const receipt = receiptFromWire(walk.receipt!)
    if (!(await isSignedBy(terms.sessionKey, receiptTypedData(receipt, domain), message.signature!)))
      throw new Error('Not signed by the session key.')
    await keep(message)
    await network.settle(terms, receipt, walk.receiptSignature!, message.signature!)
    await keep({ ...message, rows: 1 })
    walk.live?.('settled', {})
    return { state: 'settled' }
  },
  view: async (_, walk) => ({ terms: walk.terms, receipt: walk.receipt }),
  station: async (message, walk) => {
    await keep(message)
    if (message.event !== undefined)
      for (let n = 0; n < (message.times ?? 1); n += 1) walk.live?.(message.event, message)
    if (message.event !== 'ended') return {}
    // What was told leaves before the signing begins, as it does in the house.
    await new Promise((resolve) => setImmediate(resolve))
    const { start, end, receipt } = network.receiptOf(termsFromWire(walk.terms!))
    await Promise.all([start, end].map((record) => sign(meterKey, recordTypedData(record, domain))))
    walk.receiptSignature = await sign(operator, receiptTypedData(receipt, domain))
    walk.receipt = receiptToWire(receipt)
    walk.live?.('receipt', { receipt: walk.receipt })
    return {}
  },
}
const answer = (message: Message): Promise<object> => {
  const walk = walks.get(message.walk) ?? {}
  walks.set(message.walk, walk)
  return answers[message.what](message, walk)
}

const stations = new Set<(text: string) => void>()
const http = createServer((request, response) => {
  if (request.method === 'GET' && request.url?.startsWith('/live/')) {
    const id = request.url.slice(6)
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    const walk = walks.get(id) ?? {}
    walks.set(id, walk)
    walk.live = (event, data) => {
      response.write(`event: ${event}\ndata: ${JSON.stringify({ ...data, terms: walk.terms })}\n\n`)
      if (event === 'settled') response.end()
    }
    return
  }
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (chunk) => (body += chunk))
  request.on('end', async () => {
    try {
      const message = JSON.parse(body) as Message
      const told = JSON.stringify(await answer(message))
      // The command to the station is a frame of its own.
      if (message.what === 'stop')
        for (const send of stations) send(JSON.stringify({ command: 'stop', walk: message.walk }))
      response.writeHead(200, { 'content-type': 'application/json' }).end(told)
      if (message.what === 'open')
        for (const send of stations) send(JSON.stringify({ command: 'start', walk: message.walk }))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
})
http.listen(0, '127.0.0.1')
const sockets = new WebSocketServer({ server: http })
sockets.on('connection', (socket) => {
  const send = (text: string) => socket.send(text)
  stations.add(send)
  socket.on('message', async (data) => {
    const message = JSON.parse(String(data)) as Message
    const told = await answer(message)
    // A station's answer to a command is not answered.
    if (message.id !== undefined) socket.send(JSON.stringify({ reply: message.id, ...told }))
  })
  socket.on('close', () => stations.delete(send))
})
http.once('listening', () =>
  process.send?.({ port: (http.address() as AddressInfo).port, domain } satisfies FloorReady),
)
process.once('disconnect', async () => {
  await store.close()
  process.exit(0)
})
