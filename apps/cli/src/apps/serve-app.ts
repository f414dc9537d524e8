import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isBuilt } from './build-app.ts'
import type { BuiltApp } from './list.ts'
import { createStaticFiles, type StaticFile } from './static-files.ts'

const waiting = (title: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>Werenode</title></head>
<body><p>${title.replaceAll("'", '&#39;')} is being built behind the running server; this page looks for it again by itself.</p></body></html>`

/** An app of one page at an address of its own (`/member`): what is no file below it is an address within the app. */
export const serveApp = (
  app: FastifyInstance,
  built: BuiltApp,
  {
    place,
    policy,
    hashed,
  }: {
    readonly place: string
    /** Content-Security-Policy, directive by directive. */
    readonly policy: readonly string[]
    /** Files whose content can never be another under the same name. */
    readonly hashed: RegExp
  },
): void => {
  const files = createStaticFiles(built.folder)

  const send = (request: FastifyRequest, reply: FastifyReply, path: string, file: StaticFile): FastifyReply => {
    reply.headers({
      'cache-control': hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.etag,
      vary: 'Accept-Encoding',
      'content-type': file.type,
      'content-security-policy': policy.join('; '),
      ...(file.encoding ? { 'content-encoding': file.encoding } : {}),
    })
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
    return reply.send(file.body)
  }

  app.get(place, async (_request, reply) => reply.redirect(`${place}/`, 308))
  app.get(`${place}/*`, async (request, reply) => {
    if (!isBuilt(built))
      return reply
        .code(503)
        .headers({ 'cache-control': 'no-store', 'retry-after': '3' })
        .type('text/html; charset=utf-8')
        .send(waiting(built.title))
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    const path = request.url.split('?')[0]!.slice(place.length)
    const file = await files.find(path, { zipped })
    if (file) return send(request, reply, path, file)
    // A file that is missing is missing; an EVSE id holds no dot.
    if (/\.\w+$/.test(path)) return reply.callNotFound()
    const page = await files.find('/', { zipped })
    return page ? send(request, reply, '/', page) : reply.callNotFound()
  })
}
