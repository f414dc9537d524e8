import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { WerenodeError } from '@werenode/core'
import { type WebSocket, WebSocketServer } from 'ws'
import { type ChainBehindDoor, errandOf, type NodeCall, parseRequest, type RpcRequest } from './errand.ts'
import { allowedMethods } from './methods.ts'
import { type RpcAnswer, RpcFault } from './node-rpc.ts'
import { createRateLimit } from './rate-limit.ts'
import { openSubscriptions } from './subscriptions.ts'

export interface Door {
  /** For wallets, browsers and anybody: `http://127.0.0.1:PORT`; the same address speaks WebSocket. */
  readonly url: string
  /** The same door without the rate limit, under a secret path: for this node's own services only. */
  readonly trustedUrl: string
  close(): Promise<void>
}

export interface DoorOptions {
  readonly chain: ChainBehindDoor
  /** WebSocket address of the node, for subscriptions; undefined while it restarts. */
  readonly upstream: () => string | undefined
  readonly host?: string
  readonly port?: number
  readonly nowMs: () => number
  readonly log: { warn(data: object, text: string): void }
  /** Weighted calls per second and address (methods.ts has the weights). */
  readonly perSecond?: number
}

const bodyLimitBytes = 1_048_576
const batchLimit = 100
const socketLimit = 500

/** JSON-RPC over HTTP and WebSocket for everybody: allow-listed methods, bounded bodies, a rate limit, open to browsers of any origin. */
export const openDoor = async (options: DoorOptions): Promise<Door> => {
  const { chain, nowMs, log } = options
  const secretPath = `/${randomBytes(24).toString('base64url')}`
  const perSecond = options.perSecond ?? 400
  // A page that opens asks for much at once: five seconds' worth may be saved up.
  const limit = createRateLimit({ perSecond, burst: perSecond * 5, nowMs })

  /** Requests of one HTTP body or WebSocket message: reads go to the node together, transactions in their order. */
  const answerAll = async (values: readonly unknown[], caller: string | undefined): Promise<readonly object[]> => {
    const reads: NodeCall[] = []
    const waiting: Promise<readonly RpcAnswer[]>[] = []
    const readAll = (): Promise<readonly RpcAnswer[]> => (waiting[0] ??= chain.read(reads))
    const answers = values.map((value): { id: RpcRequest['id']; result: () => Promise<unknown> } => {
      let id: RpcRequest['id'] = null
      try {
        const request = parseRequest(value)
        id = request.id
        if (caller !== undefined && !limit.take(caller, allowedMethods.get(request.method) ?? 1))
          throw new RpcFault({ code: -32005, message: 'Too many calls from this address; slow down' })
        const errand = errandOf(request, { nowMs: nowMs(), headTimestamp: chain.headTimestamp() })
        if ('answer' in errand) return { id, result: async () => errand.answer }
        if ('send' in errand) {
          const sent = chain.send(errand.send)
          sent.catch(() => undefined) // Told below; until then nobody listens.
          return { id, result: () => sent }
        }
        const at = reads.push(errand.read) - 1
        return { id, result: async () => resultOf((await readAll())[at]) }
      } catch (error) {
        return { id, result: () => Promise.reject(error) }
      }
    })
    return Promise.all(
      answers.map(async ({ id, result }) => {
        try {
          return { jsonrpc: '2.0', id, result: await result() }
        } catch (error) {
          return { jsonrpc: '2.0', id, error: faultOf(error, log) }
        }
      }),
    )
  }

  const answerText = async (text: string, caller: string | undefined): Promise<string> => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return refusal(-32700, 'This is not JSON')
    }
    if (!Array.isArray(value)) return JSON.stringify((await answerAll([value], caller))[0])
    if (value.length === 0 || value.length > batchLimit)
      return refusal(-32600, `A batch holds 1 to ${batchLimit} requests`)
    return JSON.stringify(await answerAll(value, caller))
  }

  const server = createServer((request, response) => {
    void serve(request, response)
  })
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST, GET, OPTIONS',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '86400',
    }
    const end = (status: number, type: string, body: string) =>
      response.writeHead(status, { ...headers, 'content-type': type }).end(body)
    try {
      if (request.method === 'OPTIONS') {
        response.writeHead(204, headers).end()
        return
      }
      if (request.method !== 'POST') {
        end(200, 'text/plain; charset=utf-8', 'JSON-RPC of the local Werenode chain: POST requests here.\n')
        return
      }
      const body = await readBody(request)
      if (body === undefined) {
        response.setHeader('connection', 'close')
        end(413, 'application/json', refusal(-32600, 'A request may hold at most 1 MiB'))
        return
      }
      end(200, 'application/json', await answerText(body, callerOf(request, secretPath)))
    } catch (error) {
      // The caller hung up while sending: there is nobody left to answer.
      log.warn({ err: error }, 'a JSON-RPC request broke off')
      response.destroy()
    }
  }
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000

  const port = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0)
  const sockets = new WebSocketServer({ server, maxPayload: bodyLimitBytes })
  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    if (sockets.clients.size > socketLimit) {
      socket.close(1013, 'too many connections')
      return
    }
    const caller = callerOf(request, secretPath)
    const subscriptions = openSubscriptions(socket, options.upstream)
    socket.on('error', () => socket.terminate())
    socket.on('close', () => subscriptions.close())
    socket.on('message', (data) => {
      const text = data.toString()
      if (subscriptions.wants(text)) {
        if (caller === undefined || limit.take(caller, 10)) subscriptions.take(text)
        else socket.close(1008, 'too many calls')
        return
      }
      void answerText(text, caller).then((answer) => {
        if (socket.readyState === socket.OPEN) socket.send(answer)
      })
    })
  })

  const host = options.host === undefined || options.host === '0.0.0.0' ? '127.0.0.1' : options.host
  const url = `http://${host}:${port}`
  return {
    url,
    trustedUrl: `${url}${secretPath}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Whom a call counts for; undefined for our own services, which know the secret path. */
const callerOf = (request: IncomingMessage, secretPath: string): string | undefined =>
  request.url === secretPath ? undefined : (request.socket.remoteAddress ?? 'unknown')

const resultOf = (answer: RpcAnswer | undefined): unknown => {
  if (answer && 'result' in answer) return answer.result
  throw new RpcFault(answer?.error ?? { code: -32603, message: 'The local chain left this call unanswered' })
}

const refusal = (code: number, message: string): string =>
  JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } })

const faultOf = (error: unknown, log: DoorOptions['log']): { code: number; message: string; data?: unknown } => {
  if (error instanceof RpcFault)
    return { code: error.code, message: error.message, ...(error.data === undefined ? {} : { data: error.data }) }
  if (error instanceof WerenodeError) return { code: -32000, message: `${error.message}; try again in a moment` }
  log.warn({ err: error }, 'a JSON-RPC call failed')
  return { code: -32603, message: 'The local chain could not answer this call' }
}

const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimitBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const listen = (server: ReturnType<typeof createServer>, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new WerenodeError('conflict', `Port ${port} for the chain is already in use`, {
              hint: 'Stop the program that uses it, or choose another port.',
              cause,
            })
          : cause,
      ),
    )
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
