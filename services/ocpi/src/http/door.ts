import { isWerenodeError } from '@werenode/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { PartyRef } from '../model/model.ts'
import type { PartnerRecords } from '../partners/records.ts'
import { accept, acceptPatch, type Deviation } from '../schema/accept.ts'
import type { Schema } from '../schema/schema.ts'
import { isVersion, ownEndpoints, type Version, type VersionNumber, versionOf } from '../versions/versions.ts'
import type { Call, Handler } from './call.ts'
import { type Answer, envelopeOf, methodNotAllowed, notFound, ocpiStatus, Refused } from './envelope.ts'
import { type Routing, readRouting, routingHeaders, sameParty } from './routing.ts'

export interface DoorOptions {
  readonly records: PartnerRecords
  readonly now: () => Date
  readonly log: Logger
  /** Public address of all this, e.g. `https://node.example/ocpi`, and its path. */
  readonly base: string
  readonly prefix: string
  readonly us: PartyRef
  /** By `<side>/<module>` (`cpo/locations`), `<module>` for those without a side. */
  readonly modules: ReadonlyMap<string, Handler>
  readonly onDeviations: (partnerId: string, about: string, deviations: readonly Deviation[]) => void
  /** A registered partner has called. */
  readonly onSeen: (partnerId: string) => void
  /** Those we offer, the best first. */
  readonly versions: readonly VersionNumber[]
  /** Largest body, bytes. Default 8 MiB: locations can be long. */
  readonly bodyLimit?: number
}

/** Modules that are not routed, so carry no routing headers (transport_and_format, "Message Routing Headers"). */
const configuration = new Set(['credentials', 'versions', 'hubclientinfo'])

/**
 * The whole HTTP surface of OCPI as one route: paths are taken apart here, so that a trailing slash, doubled slashes and encoded
 * letters mean the same, and every answer, errors too, is an OCPI envelope with its headers.
 */
export const createDoor = (options: DoorOptions) => {
  const { records, now, log, base, prefix, us, modules } = options

  const answerTo = async (request: FastifyRequest, route: Route): Promise<Answer> => {
    const entry = await records.recognise(request.headers.authorization)
    if (entry === undefined)
      throw new Refused(401, ocpiStatus.clientError, 'The credentials token is missing or not known', {
        'www-authenticate': 'Token',
      })
    const { partner, token } = entry
    options.onSeen(partner._id)
    if (route.what === 'versions')
      return onlyGet(request, { data: options.versions.map((version) => ({ version, url: `${base}/${version}` })) })
    if (route.what === 'details')
      return onlyGet(request, { data: { version: route.version.number, endpoints: ownEndpoints(route.version, base) } })
    if (token.use === 'registration' && route.module !== 'credentials')
      throw new Refused(
        401,
        ocpiStatus.clientError,
        'This token is for registration only: it opens versions and credentials',
      )
    const handler = modules.get(route.module)
    if (handler === undefined) throw notFound(`The module ${route.module} of ${route.version.number}`)
    if (token.use === 'live' && token.unconfirmed) await records.confirm(partner._id, token.token)
    const routing = route.routed ? readRouting(request.headers) : {}
    if (routing.to !== undefined && !sameParty(routing.to, us))
      throw new Refused(
        200,
        ocpiStatus.unknownReceiver,
        `There is no party ${routing.to.country_code}*${routing.to.party_id} here`,
      )
    const about = `${request.method} ${route.module}`
    const noted = (deviations: readonly Deviation[]): void => {
      if (deviations.length > 0) options.onDeviations(partner._id, about, deviations)
    }
    const call: Call = {
      method: request.method,
      version: route.version,
      partner,
      token,
      parts: route.parts,
      query: queryOf(request.url),
      body: request.body,
      routing,
      base: route.base,
      read: <S extends Schema>(schema: S, value: unknown = request.body) => unwrap(accept(schema, value), noted),
      readPatch: <S extends Schema>(schema: S, value: unknown = request.body) =>
        unwrap(acceptPatch(schema, value), noted),
    }
    try {
      return await handler(call)
    } catch (error) {
      if (error instanceof Refused && error.status !== ocpiStatus.success)
        await records.trouble(partner._id, about, `We refused their request: ${error.message}`)
      throw error
    }
  }

  const routeOf = (path: string): Route => {
    const parts = partsOf(path)
    const [first, second, third] = parts
    if (first === 'versions' && parts.length === 1) return { what: 'versions', routed: false }
    // Our own, beside OCPI: what each side holds of a period (statements/desk.ts).
    if (first === 'statement' && parts.length <= 2) {
      const route = moduleRoute(versionOf('2.3.0'), 'statement', 'statement', parts.slice(1), `${base}/statement`)
      return { ...route, routed: false }
    }
    if (first !== undefined && isVersion(first) && options.versions.includes(first)) {
      const version = versionOf(first)
      if (second === undefined) return { what: 'details', version, routed: false }
      return moduleRoute(version, second, second, parts.slice(2), `${base}/${first}/${second}`)
    }
    if (
      (first === 'cpo' || first === 'emsp' || first === 'ptp') &&
      second !== undefined &&
      isVersion(second) &&
      options.versions.includes(second) &&
      third !== undefined
    ) {
      const [name, ...rest] = [...unglued(third), ...parts.slice(3)]
      return moduleRoute(versionOf(second), `${first}/${name}`, name!, rest, `${base}/${first}/${second}/${name}`)
    }
    throw notFound(`The path ${path.slice(0, 100)}`)
  }

  const moduleRoute = (version: Version, module: string, name: string, parts: string[], at: string): Route => ({
    what: 'module',
    version,
    module,
    parts,
    base: at,
    routed: version.hasRoles && !configuration.has(name),
  })

  const reply = (request: FastifyRequest, response: FastifyReply, answer: Answer, routed: boolean): FastifyReply => {
    const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8', ...answer.headers }
    // transport_and_format, "Unique message IDs": both ids come back as they came.
    for (const name of ['x-request-id', 'x-correlation-id']) {
      const id = request.headers[name]
      if (typeof id === 'string' && /^[\x21-\x7e]{1,128}$/.test(id)) headers[name] = id
    }
    if (routed) Object.assign(headers, routingHeaders(backTo(readRouting(request.headers), us)))
    return response
      .code(answer.http ?? 200)
      .headers(headers)
      .send(envelopeOf(answer, now()))
  }

  const serve = async (request: FastifyRequest, response: FastifyReply): Promise<FastifyReply> => {
    let routed = false
    try {
      const route = routeOf(request.url.split('?')[0]!.slice(prefix.length))
      routed = route.routed
      return reply(request, response, await answerTo(request, route), routed)
    } catch (error) {
      return reply(request, response, refusalOf(error), routed)
    }
  }

  const refusalOf = (error: unknown): Answer => {
    if (error instanceof Refused)
      return { http: error.http, status: error.status, message: error.message, headers: error.headers }
    if (isWerenodeError(error) && error.code === 'invalid-input')
      return { status: ocpiStatus.invalid, message: error.message }
    if (isWerenodeError(error) && error.code === 'store-unavailable')
      return {
        http: 503,
        status: ocpiStatus.serverError,
        message: 'Storage is away, try again later',
        headers: { 'retry-after': '5' },
      }
    log.error({ err: error }, 'An OCPI request failed inside')
    return { http: 500, status: ocpiStatus.serverError, message: 'This failed on our side; it is in our log' }
  }

  /** Registers everything under `prefix` in a scope of its own: body parser and error answers touch nothing else. */
  const routes = async (app: FastifyInstance): Promise<void> => {
    await app.register(async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser(
        '*',
        { parseAs: 'string', bodyLimit: options.bodyLimit ?? 8 * 1024 * 1024 },
        (_request, body, done) => {
          try {
            done(null, body === '' ? undefined : JSON.parse(body as string))
          } catch {
            done(new Refused(400, ocpiStatus.invalid, 'The body is not JSON'))
          }
        },
      )
      scope.setErrorHandler((error, request, response) => reply(request, response, transportError(error), false))
      for (const url of [prefix, `${prefix}/*`])
        scope.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url, handler: serve })
    })
  }

  const transportError = (error: unknown): Answer => {
    if (error instanceof Refused) return refusalOf(error)
    const code = (error as { statusCode?: number }).statusCode
    if (code !== undefined && code >= 400 && code < 500)
      return { http: code, status: ocpiStatus.clientError, message: (error as Error).message.slice(0, 200) }
    return refusalOf(error)
  }

  return { routes }
}

type Route =
  | { readonly what: 'versions'; readonly routed: false }
  | { readonly what: 'details'; readonly version: Version; readonly routed: false }
  | {
      readonly what: 'module'
      readonly version: Version
      readonly module: string
      readonly parts: readonly string[]
      readonly base: string
      readonly routed: boolean
    }

const onlyGet = (request: FastifyRequest, answer: Answer): Answer => {
  if (request.method !== 'GET') throw methodNotAllowed('Only GET is possible here', ['GET'])
  return answer
}

/** One library puts the country code right behind our address, without a slash: `locationsDE/ABC/1`. */
const unglued = (part: string): string[] => {
  const match = /^(locations|tariffs|sessions|cdrs|tokens)([A-Za-z]{2})$/.exec(part)
  return match === null ? [part] : [match[1]!, match[2]!]
}

const partsOf = (path: string): string[] => {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
  } catch {
    throw new Refused(400, ocpiStatus.invalid, 'The path is not properly encoded')
  }
}

const queryOf = (url: string): URLSearchParams => {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

/** An answer goes back where the question came from (transport_and_format, "Message Routing Headers"). */
const backTo = ({ from, to }: Routing, us: PartyRef): Routing => ({ ...(from ? { to: from } : {}), from: to ?? us })

const unwrap = <T>(
  read:
    | { ok: true; value: T; deviations: readonly Deviation[] }
    | { ok: false; path: string; what: string; deviations: readonly Deviation[] },
  noted: (deviations: readonly Deviation[]) => void,
): T => {
  noted(read.deviations)
  if (read.ok) return read.value
  throw new Refused(200, ocpiStatus.invalid, `${read.path}: ${read.what}`)
}
