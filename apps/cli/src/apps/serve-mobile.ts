import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isBuilt } from './build-app.ts'
import type { BuiltApp } from './list.ts'
import { createStaticFiles, type StaticFile } from './static-files.ts'

const place = '/mobile'
/** Where sign-in pages and older links lead: the same app. */
const alias = '/app'

/** The driver's app runs and asks from here alone. Its style sheets are written while it runs, which is why inline ones are let be. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const waiting = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>Werenode</title></head>
<body><p>The driver's app is being built behind the running server; this page looks for it again by itself.</p></body></html>`

/** Metro puts the content's hash into the names of what it builds. */
const hashed = /[-.][0-9a-f]{32}\.\w+$/

/** The driver's app at `/mobile/`; every address below it that is no file is a page of the app. */
export const serveMobile = (app: FastifyInstance, mobile: BuiltApp): void => {
  const files = createStaticFiles(mobile.folder)

  const send = (request: FastifyRequest, reply: FastifyReply, path: string, file: StaticFile): FastifyReply => {
    reply.headers({
      'cache-control': hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.etag,
      vary: 'Accept-Encoding',
      'content-type': file.type,
      'content-security-policy': policy,
      ...(file.encoding ? { 'content-encoding': file.encoding } : {}),
    })
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
    return reply.send(file.body)
  }

  app.get(place, async (_request, reply) => reply.redirect(`${place}/`, 308))
  app.get(alias, async (_request, reply) => reply.redirect(`${place}/`, 308))
  app.get(`${alias}/*`, async (request, reply) => reply.redirect(`${place}${request.url.slice(alias.length)}`, 308))
  app.get(`${place}/*`, async (request, reply) => {
    if (!isBuilt(mobile))
      return reply
        .code(503)
        .headers({ 'cache-control': 'no-store', 'retry-after': '3' })
        .type('text/html; charset=utf-8')
        .send(waiting)
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    const path = request.url.split('?')[0]!.slice(place.length)
    const file = await files.find(path, { zipped })
    if (file) return send(request, reply, path, file)
    // A file that is missing is missing; anything else is an address within the app. An EVSE id holds no dot.
    if (/\.\w+$/.test(path)) return reply.callNotFound()
    const page = await files.find('/', { zipped })
    return page ? send(request, reply, '/', page) : reply.callNotFound()
  })
}
