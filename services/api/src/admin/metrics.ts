import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Prometheus metrics of the API: requests by operation, never by address or id. */
export const createMetrics = (app: FastifyInstance, streams: { size: () => number }): Registry => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'werenode_api_request_seconds',
    help: 'Time from request to answer, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  const problems = new Counter({
    name: 'werenode_api_problems_total',
    help: 'Answers with a problem, by operation and status',
    labelNames: ['operation', 'status'],
    registers: [registry],
  })
  new Gauge({
    name: 'werenode_api_streams',
    help: 'Open event streams',
    registers: [registry],
    collect() {
      this.set(streams.size())
    },
  })
  // A series is looked up by its labels once, not at each request.
  const known = new Map<string, ReturnType<typeof newSeries>>()
  const newSeries = (labels: { operation: string; status: string }, isProblem: boolean) => ({
    seconds: seconds.labels(labels),
    problems: isProblem ? problems.labels(labels) : undefined,
  })
  const seriesOf = (operation: string, statusCode: number) => {
    const key = `${statusCode}${operation}`
    const kept = known.get(key)
    if (kept) return kept
    const series = newSeries({ operation, status: String(statusCode) }, statusCode >= 400)
    known.set(key, series)
    return series
  }
  app.addHook('onResponse', (request, reply, done) => {
    const series = seriesOf(request.routeOptions.config.operation ?? 'none', reply.statusCode)
    series.seconds.observe(reply.elapsedTime / 1000)
    series.problems?.inc()
    done()
  })
  return registry
}
