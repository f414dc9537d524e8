import type { ServerResponse } from 'node:http'
import type { Bus, EventEnvelope, EventType } from '@werenode/core'
import { WerenodeError } from '@werenode/core'
import type { FastifyRequest } from 'fastify'

export interface StreamOptions {
  readonly types: readonly EventType[]
  /** Only events of this subject. */
  readonly subject?: string
  readonly wanted?: (event: EventEnvelope) => boolean
  /** Where to go on; undefined begins with `opening`. */
  readonly afterSeq?: number
  /** What a fresh listener is told first; it has no id, so a listener lost right after it begins afresh. */
  readonly opening?: () => Promise<{ event: string; data: unknown } | undefined>
  /** Asked at each heartbeat: throws when this listener may no longer listen. */
  readonly stillAllowed: () => Promise<unknown>
  /** Whose streams are counted together. */
  readonly listener: string
}

/** What a stream needs of its listener: an HTTP answer, or a reader in this process. */
export interface StreamReply {
  hijack(): unknown
  getHeaders(): Readonly<Record<string, unknown>>
  readonly sent: boolean
  readonly raw: Pick<ServerResponse, 'write' | 'destroyed'> & {
    setHeader(name: string, value: string): unknown
    writeHead(status: number, headers: Readonly<Record<string, string>>): unknown
    end(): unknown
    once(event: 'drain', listener: () => void): unknown
    on(event: 'close' | 'error', listener: () => void): unknown
  }
}

export interface EventStreams {
  /** Answers with server-sent events until the listener goes, the server stops or `stillAllowed` says no. */
  open(request: Pick<FastifyRequest, 'id' | 'log'>, reply: StreamReply, options: StreamOptions): Promise<void>
  readonly size: () => number
  closeAll(): void
}

const replayPage = 500

/**
 * Live streams over the bus. Nothing is buffered for a slow listener: while its socket is full events are passed over, and when it
 * drains the stream reads on from the log after the last sequence number written. A listener that takes nothing for `stallMs` is cut.
 */
export const createEventStreams = (deps: {
  bus: Bus
  heartbeatMs?: number
  stallMs?: number
  perListener?: number
  inAll?: number
}): EventStreams => {
  const { bus, heartbeatMs = 15_000, stallMs = 60_000, perListener = 20, inAll = 5_000 } = deps
  const open = new Map<symbol, { listener: string; close: () => void }>()

  return {
    size: () => open.size,
    closeAll: () => {
      for (const { close } of open.values()) close()
    },
    async open(request, reply, options) {
      const mine = [...open.values()].filter(({ listener }) => listener === options.listener).length
      if (open.size >= inAll || mine >= perListener)
        throw new WerenodeError('rate-limited', `${mine} streams are open for this caller`, {
          hint: 'Close streams you no longer need.',
          data: { retryAfterS: 10 },
        })
      const key = Symbol('stream')
      let stream: Stream | undefined
      open.set(key, { listener: options.listener, close: () => stream?.end() })
      try {
        // The tap comes first, so that nothing falls between what is replayed and what is live.
        stream = createStream(bus, reply, options, stallMs, (error) =>
          request.log.warn({ reqId: request.id, err: error }, 'a live stream could not be read on'),
        )
        const opening = options.afterSeq === undefined ? await options.opening?.() : undefined
        reply.hijack()
        stream.begin(opening)
        const heartbeat = setInterval(() => {
          options.stillAllowed().then(
            () => stream?.heartbeat(),
            // No longer allowed, or nobody can say: it comes back and is told why.
            () => stream?.end(),
          )
        }, heartbeatMs)
        await stream.ended
        clearInterval(heartbeat)
      } catch (error) {
        request.log.debug({ reqId: request.id, err: error }, 'stream ended')
        if (!reply.sent) throw error
      } finally {
        await stream?.release()
        open.delete(key)
      }
    },
  }
}

type Stream = ReturnType<typeof createStream>

const createStream = (
  bus: Bus,
  reply: StreamReply,
  options: StreamOptions,
  stallMs: number,
  onProblem: (error: unknown) => void,
) => {
  const { raw } = reply
  let lastSeq = options.afterSeq ?? -1
  /** `waiting`: not begun; `reading`: from the log; `live`: straight from the tap; `full`: until the socket drains. */
  let mode: 'waiting' | 'reading' | 'live' | 'full' | 'over' = 'waiting'
  const early: EventEnvelope[] = []
  let missed = false
  let stall: NodeJS.Timeout | undefined
  let finish: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    finish = resolve
  })

  const wanted = (event: EventEnvelope): boolean =>
    (options.subject === undefined || event.subject === options.subject) && (options.wanted?.(event) ?? true)

  const write = (text: string): void => {
    if (raw.write(text) || mode === 'over' || mode === 'full') return
    mode = 'full'
    stall = setTimeout(end, stallMs)
    raw.once('drain', () => {
      clearTimeout(stall)
      if (mode === 'full') void readOn()
    })
  }

  const tell = (event: EventEnvelope): void => {
    if (event.seq <= lastSeq) return
    lastSeq = event.seq
    write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  /** From the log, until there is nothing left to read or the socket is full. */
  const readOn = async (): Promise<void> => {
    mode = 'reading'
    try {
      while (lastSeq >= 0) {
        missed = false
        const events = await bus.replay({
          afterSeq: lastSeq,
          types: options.types,
          limit: replayPage,
          ...(options.subject === undefined ? {} : { subject: options.subject }),
        })
        for (const event of events) {
          if (mode !== 'reading') return
          if (wanted(event)) tell(event)
          else lastSeq = Math.max(lastSeq, event.seq)
        }
        if (mode !== 'reading') return
        if (events.length < replayPage && !missed) break
      }
      mode = 'live'
    } catch (error) {
      // The log cannot be read: the listener comes back after what it has seen.
      onProblem(error)
      end()
    }
  }

  const end = (): void => {
    if (mode === 'over') return
    mode = 'over'
    clearTimeout(stall)
    raw.end()
    finish()
  }

  const untap = bus.tap(options.types, (event) => {
    if (!wanted(event)) return
    if (mode === 'live') tell(event)
    else if (mode === 'waiting') early.push(event)
    else {
      if (lastSeq < 0) lastSeq = event.seq - 1
      missed = true
    }
  })

  return {
    ended,
    end,
    begin(opening: { event: string; data: unknown } | undefined): void {
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value as string)
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // Proxies that gather answers would hold events back.
        'x-accel-buffering': 'no',
      })
      if (raw.destroyed) {
        end()
        return
      }
      raw.on('close', end)
      raw.on('error', end)
      write('retry: 2000\n\n')
      if (opening) write(`event: ${opening.event}\ndata: ${JSON.stringify(opening.data)}\n\n`)
      if (options.afterSeq === undefined) {
        if (mode === 'waiting') mode = 'live'
        for (const event of early.splice(0)) tell(event)
      } else {
        early.length = 0
        if (mode === 'waiting') void readOn()
      }
    },
    heartbeat(): void {
      if (mode === 'live') write(': \n\n')
    },
    async release(): Promise<void> {
      end()
      await untap()
    },
  }
}
