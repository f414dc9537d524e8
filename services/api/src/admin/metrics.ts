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
  app.addHook('onResponse', async (request, reply) => {
    const operation = request.routeOptions.config.operation ?? 'none'
    const labels = { operation, status: String(reply.statusCode) }
    seconds.observe(labels, reply.elapsedTime / 1000)
    if (reply.statusCode >= 400) problems.inc(labels)
  })
  return registry
}
