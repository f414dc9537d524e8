import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LimitName } from '../contract/access.ts'
import { limitKeyOfAddress, type RateLimiter } from '../http/rate-limit.ts'
import { preferChosenLanguage } from '../pages/chosen-language.ts'
import type { AuthServer } from './server.ts'

interface OAuthDoor {
  readonly methods: readonly ('GET' | 'POST' | 'OPTIONS')[]
  /** Under `/auth`. */
  readonly path: string
  readonly limit: LimitName
  /** Goes on with what this page of it began in the same browser; without that it begins there. */
  readonly after?: string
}

/**
 * The doors of OAuth 2 and OpenID Connect, all open to anyone: their own rules (client authentication, PKCE, codes, cookies) say who gets
 * what. They answer as their standards say, not in problem details; discovery describes them.
 */
export const oauthDoors: readonly OAuthDoor[] = [
  { methods: ['GET', 'OPTIONS'], path: '/.well-known/openid-configuration', limit: 'browse' },
  { methods: ['GET', 'OPTIONS'], path: '/jwks', limit: 'browse' },
  { methods: ['GET', 'POST'], path: '/authorize', limit: 'browse' },
  { methods: ['GET'], path: '/authorize/:uid', limit: 'browse' },
  { methods: ['POST', 'OPTIONS'], path: '/par', limit: 'sign-in' },
  { methods: ['POST', 'OPTIONS'], path: '/token', limit: 'sign-in' },
  { methods: ['POST', 'OPTIONS'], path: '/revoke', limit: 'sign-in' },
  { methods: ['GET', 'POST', 'OPTIONS'], path: '/userinfo', limit: 'read' },
  { methods: ['POST', 'OPTIONS'], path: '/device_authorization', limit: 'sign-in' },
  // Guessing codes: as slow as guessing passwords.
  { methods: ['GET'], path: '/device', limit: 'password' },
  { methods: ['POST'], path: '/device', limit: 'password', after: '/auth/device' },
  { methods: ['GET'], path: '/device/:uid', limit: 'browse', after: '/auth/device' },
  { methods: ['GET', 'POST'], path: '/logout', limit: 'browse' },
  { methods: ['POST'], path: '/logout/confirm', limit: 'browse' },
  { methods: ['GET'], path: '/logout/success', limit: 'browse' },
]

/** RFC 8414 §3.1: the metadata of an issuer with a path stands here as well. */
const metadataAlias = '/.well-known/oauth-authorization-server/auth'

/** Puts the authorization server on the same Fastify as everything else, with its rate limits and headers. */
export const mountAuthServer = (
  app: FastifyInstance,
  deps: { auth: AuthServer; rateLimiter: RateLimiter; origin: string },
): void => {
  const { origin } = deps
  const { host, protocol } = new URL(origin)

  const serve = async (request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> => {
    const callback = deps.auth.provider().callback()
    const { raw } = request
    // Which pages may read its answers is the provider's to say, client by client.
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined && !name.startsWith('access-control-')) reply.raw.setHeader(name, value)
    reply.hijack()
    // Whatever the request says of host and scheme, links lead to our origin.
    for (const name of Object.keys(raw.headers)) if (name.startsWith('x-forwarded-')) delete raw.headers[name]
    Object.assign(raw.headers, { host, 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-for': request.ip })
    const query = raw.url!.indexOf('?')
    const search = query < 0 ? '' : raw.url!.slice(query)
    Object.assign(raw, { originalUrl: `/auth${path}${search}`, url: `${path}${search}` })
    await callback(raw, reply.raw)
  }

  app.register(async (scope) => {
    // The provider reads bodies itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.addHook('onRequest', async (request) => preferChosenLanguage(request))
    const take = (limit: LimitName) => async (request: FastifyRequest) =>
      deps.rateLimiter.take(limit, limitKeyOfAddress(request.ip))
    for (const { methods, path, limit, after } of oauthDoors)
      scope.route({
        method: [...methods],
        url: `/auth${path}`,
        onRequest: take(limit),
        handler: async (request, reply) => {
          if (after !== undefined && !(await deps.auth.hasSession(request.headers.cookie)))
            return reply.code(303).header('location', after).send()
          return serve(request, reply, request.url.split('?')[0]!.slice('/auth'.length))
        },
      })
    scope.get(metadataAlias, { onRequest: take('browse') }, async (request, reply) =>
      serve(request, reply, '/.well-known/openid-configuration'),
    )
  })
}
