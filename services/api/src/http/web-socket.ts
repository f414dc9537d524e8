import { EventEmitter } from 'node:events'
import type { WebSocket } from '@fastify/websocket'
import { errorStatus, type Principal } from '@werenode/core'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { StreamReply } from './event-stream.ts'
import { asWerenodeError } from './problem.ts'

/** Listeners of streams say nothing; GraphQL asks its questions this way. */
export const mostOverWebSocket = 1_048_576

/** A listener whose socket holds this much is full, until it has sent it. */
const fullBytes = 256 * 1024
/** Close codes above 4000 are ours: 4000 and the HTTP status. */
const refusedFrom = 4_000

/** A route whose guards are known by name. */
export interface StreamRoute extends Omit<RouteOptions, 'onRequest' | 'preValidation'> {
  readonly onRequest: (request: FastifyRequest) => Promise<void>
  readonly preValidation: (request: FastifyRequest, reply: FastifyReply, done: (refused?: Error) => void) => void
}

type StreamHandler = (call: {
  principal: Principal
  params: unknown
  query: unknown
  request: FastifyRequest
  reply: StreamReply
}) => Promise<unknown>

/**
 * The same stream, behind the same guards, at the same address: as server-sent events, or over a WebSocket whose messages are
 * `{ id?, event, data }`. What a browser's WebSocket cannot say in headers it says so: `afterSeq` in the query instead of Last-Event-ID,
 * and a subprotocol `bearer.<access token>` beside `werenode.v1` instead of Authorization.
 */
export const overWebSocketToo = (route: StreamRoute, handle: StreamHandler): RouteOptions => {
  return {
    ...route,
    onRequest: async (request) => {
      if (request.ws) tokenToHeader(request)
      await route.onRequest(request)
    },
    preValidation: (request, reply, done) => {
      if (request.ws) resumeToHeader(request)
      route.preValidation(request, reply, done)
    },
    wsHandler: async (socket, request) => {
      const { principal, params, query } = request
      try {
        await handle({ principal, params, query, request, reply: replyOver(socket) })
        socket.close(1000)
      } catch (error) {
        const { code, message, hint, status } = problemOf(error)
        socket.send(JSON.stringify({ event: 'problem', data: { code, detail: message, ...(hint ? { hint } : {}) } }))
        socket.close(refusedFrom + status, code)
      }
    },
  }
}

const problemOf = (thrown: unknown) => {
  const error = asWerenodeError(thrown)
  return { code: error.code, message: error.message, hint: error.hint, status: errorStatus[error.code] }
}

const tokenToHeader = ({ headers }: FastifyRequest): void => {
  const offered = headers['sec-websocket-protocol']?.split(',').map((one) => one.trim()) ?? []
  const token = offered.find((one) => one.startsWith('bearer.'))?.slice('bearer.'.length)
  if (token !== undefined && headers.authorization === undefined) headers.authorization = `Bearer ${token}`
}

const resumeToHeader = (request: FastifyRequest): void => {
  const { afterSeq, ...query } = request.query as Record<string, unknown>
  request.query = query
  if (typeof afterSeq === 'string') request.headers['last-event-id'] = afterSeq
}

/** A WebSocket as the listener of an event stream. */
const replyOver = (socket: WebSocket): StreamReply => {
  const raw = Object.assign(new EventEmitter(), {
    setHeader: () => undefined,
    writeHead: () => undefined,
    end: () => socket.close(1000),
    get destroyed() {
      return socket.readyState > socket.OPEN
    },
    write: (block: string): boolean => {
      const message = messageOf(block)
      if (message === undefined) return true
      socket.send(message, () => {
        if (isFull && socket.bufferedAmount < fullBytes) {
          isFull = false
          raw.emit('drain')
        }
      })
      isFull = socket.bufferedAmount >= fullBytes
      return !isFull
    },
  })
  let isFull = false
  socket.on('close', () => raw.emit('close'))
  socket.on('error', () => raw.emit('close'))
  return { raw, hijack: () => undefined, getHeaders: () => ({}), sent: false }
}

/** One block of server-sent events as one message; undefined for what only those need. */
const messageOf = (block: string): string | undefined => {
  if (block.startsWith(':')) return '{"event":"heartbeat"}'
  const [, id] = /^id: (.*)$/m.exec(block) ?? []
  const [, event] = /^event: (.*)$/m.exec(block) ?? []
  const [, data] = /^data: (.*)$/m.exec(block) ?? []
  if (data === undefined) return undefined
  return `{${id === undefined ? '' : `"id":${JSON.stringify(id)},`}"event":${JSON.stringify(event)},"data":${data}}`
}
