import { isWerenodeError, type Store } from '@werenode/core'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Registry } from 'prom-client'
import type { MailQueue } from '../mail/mail-queue.ts'
import { mailPage } from './mail-page.ts'

/**
 * What only the operator of the node sees, on its own loopback port: /livez (the process runs), /readyz (it can serve), /metrics, and
 * /mails, the outbox of letters where no mail server is set.
 */
export const createAdminServer = (deps: {
  log: FastifyBaseLogger
  store: Store
  metrics: Registry
  mail: Pick<MailQueue, 'list'>
  isDraining: () => boolean
}): FastifyInstance => {
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  })

  app.get('/livez', async () => 'ok\n')

  app.get('/readyz', async (_request, reply) => {
    const store = await checkStore(deps.store)
    const checks = { store, draining: deps.isDraining() ? 'stopping' : 'no' }
    const ready = store === 'ok' && checks.draining === 'no'
    return reply.code(ready ? 200 : 503).send({ ready, checks })
  })

  app.get('/mails', async (_request, reply) =>
    reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      })
      .send(mailPage(await deps.mail.list())),
  )

  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', deps.metrics.contentType).send(await deps.metrics.metrics()),
  )
  return app
}

const checkStore = async (store: Store): Promise<string> => {
  const late = new Promise<string>((resolve) => setTimeout(resolve, 1_000, 'no answer within 1 s').unref())
  const answered = store.get('api_accounts', 'readyz').then(
    () => 'ok',
    (error: unknown) => (isWerenodeError(error) ? error.code : 'failed'),
  )
  return Promise.race([answered, late])
}
