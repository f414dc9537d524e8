import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isBuilt } from './build-app.ts'
import type { BuiltApp } from './list.ts'
import { createStaticFiles, type StaticFile } from './static-files.ts'

/** Addresses of other parts of the house on this origin: what they do not know is for them to say. */
const ofOthers = /^\/(v1|auth|graphql|ocpi|openapi\.json|\.well-known|app|member|mobile)(\/|$)/
/** Pages under whose address more follows. */
const deep: readonly { readonly begins: RegExp; readonly page: (locale: string) => string }[] = [
  { begins: /^\/(fr\/)?c\//, page: (locale) => `${locale}/c` },
]

/**
 * What a page of ours may do: run and fetch from here; pictures and map tiles may come from elsewhere when the operator's own map does.
 * Docusaurus writes small scripts and styles into its pages.
 */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https:",
  "connect-src 'self' https: http://localhost:* ws://localhost:*",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join('; ')

/** The portal at `/`; until it is built, `waiting` says so. */
export const servePortal = (
  app: FastifyInstance,
  { portal, waiting }: { readonly portal: BuiltApp; readonly waiting: string },
): void => {
  const files = createStaticFiles(portal.folder)

  const send = (request: FastifyRequest, reply: FastifyReply, file: StaticFile, status = 200): FastifyReply => {
    reply.headers({
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.etag,
      vary: 'Accept-Encoding',
      'content-type': file.type,
      ...(file.encoding ? { 'content-encoding': file.encoding } : {}),
      ...(file.type.startsWith('text/html') ? { 'content-security-policy': policy } : {}),
    })
    if (status === 200 && request.headers['if-none-match'] === file.etag) return reply.code(304).send()
    return reply.code(status).send(file.body)
  }

  app.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0]!
    if (ofOthers.test(path)) return reply.callNotFound()
    if (!isBuilt(portal))
      return path === '/' || request.headers.accept?.includes('text/html')
        ? reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(waiting)
        : reply.callNotFound()
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    const locale = path.startsWith('/fr/') ? '/fr' : ''
    const page = deep.find(({ begins }) => begins.test(path))?.page(locale)
    const file = await files.find(page ?? path, { zipped })
    if (file) return send(request, reply, file)
    if (!request.headers.accept?.includes('text/html')) return reply.callNotFound()
    const missing = await files.find(`${locale}/404`, { zipped })
    return missing ? send(request, reply, missing, 404) : reply.callNotFound()
  })
}
