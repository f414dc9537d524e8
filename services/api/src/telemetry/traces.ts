import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

export interface TraceOptions {
  /** OTLP over HTTP, e.g. `http://localhost:4318`; spans go to `/v1/traces`. */
  readonly endpoint: string
  /** Of requests nobody traces already, 0 to 1. */
  readonly share: number
  readonly onProblem?: (problem: string) => void
}

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly startNs: bigint
}

/** Spans that wait; when the collector is away the oldest go first, and requests never wait for it. */
const mostWaiting = 5_000
const inOneLetter = 500
const everyMs = 2_000

/**
 * Traces of requests by OpenTelemetry's own protocol (OTLP/HTTP in JSON), W3C trace context in and out. Off unless asked for: an
 * instrumented process costs about double the CPU, this a few microseconds.
 */
export const traceRequests = (app: FastifyInstance, { endpoint, share, onProblem }: TraceOptions) => {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const waiting: object[] = []
  let sending: Promise<void> = Promise.resolve()
  const spans = new WeakMap<object, Span>()

  const send = async (): Promise<void> => {
    while (waiting.length > 0) {
      const letter = waiting.splice(0, inOneLetter)
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(envelope(letter)),
          signal: AbortSignal.timeout(5_000),
        })
        await answer.body?.cancel()
        if (!answer.ok) onProblem?.(`the trace collector answered ${answer.status}`)
      } catch (error) {
        onProblem?.(`the trace collector cannot be reached: ${error instanceof Error ? error.message : String(error)}`)
        return
      }
    }
  }
  const flush = (): Promise<void> => {
    sending = sending.then(send)
    return sending
  }
  const timer = setInterval(flush, everyMs)
  timer.unref()

  app.addHook('onRequest', async (request, reply) => {
    const parent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(String(request.headers.traceparent ?? ''))
    const isFollowed = parent ? (Number.parseInt(parent[3]!, 16) & 1) === 1 : Math.random() < share
    if (!isFollowed) return
    const span: Span = {
      traceId: parent?.[1] ?? randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
      ...(parent ? { parentSpanId: parent[2]! } : {}),
      startNs: BigInt(Date.now()) * 1_000_000n,
    }
    spans.set(request, span)
    reply.header('traceparent', `00-${span.traceId}-${span.spanId}-01`)
  })

  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request)
    if (!span) return
    const { startNs, ...ids } = span
    // The route, never the address: ids and searches of people stay here.
    const route = request.routeOptions.url ?? 'none'
    const { operation } = request.routeOptions.config
    waiting.push({
      ...ids,
      name: `${request.method} ${route}`,
      kind: 2,
      startTimeUnixNano: String(startNs),
      endTimeUnixNano: String(startNs + BigInt(Math.round(reply.elapsedTime * 1e6))),
      attributes: [
        text('http.request.method', request.method),
        text('http.route', route),
        { key: 'http.response.status_code', value: { intValue: String(reply.statusCode) } },
        ...(operation === undefined ? [] : [text('werenode.operation', operation)]),
      ],
      status: reply.statusCode >= 500 ? { code: 2 } : {},
    })
    if (waiting.length > mostWaiting) waiting.shift()
  })

  return {
    /** Sends what waits, and no more after that. */
    async stop(): Promise<void> {
      clearInterval(timer)
      await flush()
    },
  }
}

const text = (key: string, value: string) => ({ key, value: { stringValue: value } })

const envelope = (spans: readonly object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [text('service.name', 'werenode-api')] },
      scopeSpans: [{ scope: { name: 'werenode' }, spans }],
    },
  ],
})
