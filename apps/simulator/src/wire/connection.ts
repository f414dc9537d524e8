import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { bend, bendText } from '../misbehave/outgoing.ts'
import type { Misbehaviour } from '../misbehave/switches.ts'

/** The station's end of OCPP-J: connects, comes back with growing, jittered pauses, one CALL at a time, answers the server's. */
export interface Connection {
  open(): void
  /** Goes offline and stays so until `open`. `abrupt` tears the line without a goodbye. */
  close(abrupt?: boolean): void
  readonly isOpen: boolean
  /** Rejects when the line is down, breaks, or the server answers with an error. */
  call(action: string, payload: unknown): Promise<unknown>
  /** Any text at all. */
  raw(text: string): void
}

export class CallError extends Error {
  readonly code: string
  constructor(code: string, description: string) {
    super(`${code}: ${description}`)
    this.code = code
  }
}

export interface ConnectionOptions {
  /** Including the identity. */
  readonly url: string
  readonly subprotocol: string
  readonly identity: string
  readonly password: string | undefined
  readonly habits: ReadonlySet<Misbehaviour>
  readonly callTimeoutMs: number
  readonly firstPauseMs: number
  readonly longestPauseMs: number
  readonly onOpen: () => void
  readonly onClose: (reason: string) => void
  readonly onCall: (action: string, payload: unknown) => Promise<unknown>
  readonly onFrame: (direction: 'sent' | 'received', text: string) => void
  /** Why a connection was refused, in the server's words. */
  readonly onRefused: (status: number, words: string) => void
}

interface Waiting {
  readonly id: string | number
  readonly text: string
  readonly resolve: (payload: unknown) => void
  readonly reject: (error: Error) => void
  timer?: NodeJS.Timeout
}

/** What a station with little memory can take, characters. */
const smallBuffer = 1_000

export const createConnection = (options: ConnectionOptions): Connection => {
  const { habits } = options
  const waiting: Waiting[] = []
  const outstanding = new Map<string, Waiting>()
  let socket: WebSocket | undefined
  let wanted = false
  let failures = 0
  let nextNumber = 1
  let retry: NodeJS.Timeout | undefined

  const isOpen = (): boolean => socket?.readyState === WebSocket.OPEN
  const send = (text: string): void => {
    if (!isOpen()) return
    options.onFrame('sent', text)
    socket!.send(text)
  }

  const next = (): void => {
    while (waiting.length > 0 && isOpen() && (outstanding.size === 0 || habits.has('parallel-calls'))) {
      const call = waiting.shift()!
      outstanding.set(String(call.id), call)
      call.timer = setTimeout(
        () => finish(call, () => call.reject(new Error('no answer in time'))),
        options.callTimeoutMs,
      )
      send(call.text)
      if (habits.has('resend-messages')) send(call.text)
    }
  }

  const finish = (call: Waiting, settle: () => void): void => {
    clearTimeout(call.timer)
    if (outstanding.get(String(call.id)) === call) outstanding.delete(String(call.id))
    settle()
    next()
  }

  const answer = async (id: unknown, action: string, payload: unknown): Promise<void> => {
    if (habits.has('never-answers')) return
    if (habits.has('slow-answers')) await new Promise((resolve) => setTimeout(resolve, 10_000))
    try {
      const result = await options.onCall(action, payload)
      if (result !== undefined) send(JSON.stringify([3, id, result]))
    } catch (error) {
      const code = error instanceof CallError ? error.code : 'InternalError'
      send(JSON.stringify([4, id, code, (error as Error).message.slice(0, 255), {}]))
    }
  }

  const receive = (text: string): void => {
    options.onFrame('received', text)
    if (habits.has('small-buffer') && text.length > smallBuffer) return void socket?.terminate()
    const [kind, id, third, fourth] = JSON.parse(text) as [number, unknown, never, never]
    if (kind === 2) return void answer(id, third, fourth)
    const call = outstanding.get(String(id))
    if (!call) return
    if (kind === 3) finish(call, () => call.resolve(third))
    else finish(call, () => call.reject(new CallError(third, String(fourth))))
  }

  const spelt = (password: string): string =>
    habits.has('password-as-hex') ? Buffer.from(password, 'utf8').toString('hex') : password

  const connect = (): void => {
    clearTimeout(retry)
    const credentials =
      options.password === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${options.identity}:${spelt(options.password)}`).toString('base64')}` }
    const opening = new WebSocket(options.url, habits.has('no-subprotocol') ? [] : [options.subprotocol], {
      headers: credentials,
      autoPong: !habits.has('no-pong'),
      perMessageDeflate: false,
      handshakeTimeout: 10_000,
      finishRequest: (request) => {
        if (habits.has('no-upgrade-header')) request.removeHeader('Connection')
        request.end()
      },
    })
    socket = opening
    opening.on('open', () => {
      if (socket !== opening) return opening.terminate()
      failures = 0
      options.onOpen()
      next()
    })
    opening.on('message', (data) => {
      if (socket === opening) receive(String(data))
    })
    opening.on('unexpected-response', (request, response) => {
      let words = ''
      response.on('data', (chunk) => (words += chunk))
      response.on('end', () => {
        options.onRefused(response.statusCode ?? 0, words)
        request.destroy()
        lost(opening, `refused with ${response.statusCode}`, Number(response.headers['retry-after'] ?? 0) * 1000)
      })
    })
    opening.on('error', (error) => lost(opening, error.message, 0))
    opening.on('close', (code, reason) => lost(opening, String(reason) || `closed with ${code}`, 0))
  }

  const lost = (which: WebSocket, reason: string, atLeastMs: number): void => {
    if (socket !== which) return
    socket = undefined
    for (const call of [...outstanding.values()]) finish(call, () => call.reject(new Error(`line lost: ${reason}`)))
    for (const call of waiting.splice(0)) call.reject(new Error(`line lost: ${reason}`))
    options.onClose(reason)
    if (!wanted) return
    failures += 1
    const pause = Math.min(options.longestPauseMs, options.firstPauseMs * 2 ** Math.min(failures - 1, 10))
    // Full jitter: ten thousand stations that lost the same server come back spread out (OCPP 2.0.1 RetryBackOffRandomRange).
    retry = setTimeout(connect, Math.max(atLeastMs, pause * (0.5 + Math.random())))
  }

  return {
    open: () => {
      wanted = true
      if (socket && habits.has('half-open')) {
        // The old socket is left as it is, deaf and unclosed.
        socket.removeAllListeners()
        socket.on('error', () => undefined)
        socket = undefined
      }
      if (!socket) connect()
    },
    close: (abrupt = false) => {
      wanted = false
      clearTimeout(retry)
      const closing = socket
      if (abrupt) closing?.terminate()
      else closing?.close(1000, 'Going offline')
      if (closing) lost(closing, 'offline', 0)
    },
    get isOpen() {
      return isOpen()
    },
    call: (action, payload) =>
      new Promise((resolve, reject) => {
        if (!isOpen()) return reject(new Error('offline'))
        const id = habits.has('same-message-id') ? '1' : habits.has('numeric-message-id') ? nextNumber++ : randomUUID()
        const members: unknown[] = [2, id, action]
        if (!(action === 'Heartbeat' && habits.has('no-heartbeat-payload'))) members.push(bend(action, payload, habits))
        waiting.push({ id, text: bendText(JSON.stringify(members), habits), resolve, reject })
        next()
      }),
    raw: send,
  }
}
