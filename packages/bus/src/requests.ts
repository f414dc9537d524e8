import { type Bus, errorStatus, isWerenodeError, type Unsubscribe, WerenodeError } from '@werenode/core'
import { checkName, checkSubject, isLiteral, type Matches, matchAny } from './names.ts'
import { failureFields, type Observer } from './observe.ts'
import { jsonCopy } from './plain-copy.ts'

const DEFAULT_TIMEOUT_MS = 5_000

interface Server {
  readonly handler: (payload: unknown, subject: string) => Promise<unknown>
  active: number
  stopping: PromiseWithResolvers<void> | undefined
}

export interface Requests {
  readonly request: Bus['request']
  readonly serve: Bus['serve']
  /** Requests being answered. */
  active(): number
  /** Takes no new requests. */
  close(): void
}

/** Through JSON and back, as over a wire: no shared objects, no class instances, no undefined. */
const overTheWire = (value: unknown, what: string): unknown => {
  if (value === undefined) return undefined
  try {
    return jsonCopy(value)
  } catch (cause) {
    throw new WerenodeError('invalid-input', `${what} is not plain JSON`, { cause })
  }
}

/** What the other side learns of a failure: a WerenodeError whole, anything else without its words, which may hold secrets. */
const answerError = (error: unknown, subject: string, observer: Observer): WerenodeError => {
  if (isWerenodeError(error) && error.code in errorStatus) {
    const data = dataOverTheWire(error, subject, observer)
    return new WerenodeError(
      error.code,
      error.message,
      error.hint === undefined ? { data } : { data, hint: error.hint },
    )
  }
  observer.log.error({ subject, ...failureFields(error) }, 'A request was not answered because its server failed')
  return new WerenodeError('internal', `Whoever serves ${subject} failed`, { hint: 'Its log says why.' })
}

const dataOverTheWire = (error: WerenodeError, subject: string, observer: Observer): Record<string, unknown> => {
  try {
    return overTheWire(error.data, 'data') as Record<string, unknown>
  } catch (cause) {
    observer.log.error({ subject, ...failureFields(cause) }, 'The data of an error could not be carried over')
    return {}
  }
}

/** Request and reply inside one process, with the manners of a wire. */
export const createRequests = (observer: Observer, onProgress: () => void): Requests => {
  const exact = new Map<string, Set<Server>>()
  const patterns = new Map<Server, Matches>()
  let turn = 0
  let active = 0
  let closed = false

  const serverOf = (subject: string): Server | undefined => {
    const servers = [...(exact.get(subject) ?? [])]
    for (const [server, matches] of patterns) if (matches(subject)) servers.push(server)
    return servers.length < 2 ? servers[0] : servers[turn++ % servers.length]
  }

  const run = async (server: Server, payload: unknown, subject: string): Promise<unknown> => {
    server.active++
    active++
    try {
      return overTheWire(await server.handler(payload, subject), `The answer to ${subject}`)
    } catch (error) {
      throw answerError(error, subject, observer)
    } finally {
      active--
      if (--server.active === 0) server.stopping?.resolve()
      onProgress()
    }
  }

  const request = async <R>(subject: string, payload: unknown, options: { timeoutMs?: number } = {}): Promise<R> => {
    const startedAt = performance.now()
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    let outcome = 'ok'
    let timer: NodeJS.Timeout | undefined
    checkSubject(subject)
    try {
      const server = closed ? undefined : serverOf(subject)
      if (server === undefined) {
        throw new WerenodeError('no-responder', `Nobody serves ${subject}`, {
          hint: 'The service that does is not running, or holds no link to this station.',
          data: { subject },
        })
      }
      const sent = overTheWire(payload, `The request to ${subject}`)
      return await new Promise<R>((resolve, reject) => {
        timer = setTimeout(() => {
          const message = `No answer to ${subject} within ${timeoutMs} ms`
          reject(
            new WerenodeError('timeout', message, {
              hint: 'It may still be carried out.',
              data: { subject, timeoutMs },
            }),
          )
        }, timeoutMs)
        run(server, sent, subject).then(resolve as (answer: unknown) => void, reject)
      })
    } catch (error) {
      outcome = isWerenodeError(error) ? error.code : 'internal'
      throw error
    } finally {
      clearTimeout(timer)
      observer.metric({ kind: 'request', subject, durationMs: performance.now() - startedAt, outcome })
    }
  }

  const serve: Bus['serve'] = (subject, handler): Unsubscribe => {
    checkName(subject, 'Subject')
    const server: Server = { handler, active: 0, stopping: undefined }
    if (isLiteral(subject)) exact.set(subject, (exact.get(subject) ?? new Set()).add(server))
    else patterns.set(server, matchAny([subject]))
    return async () => {
      patterns.delete(server)
      const others = exact.get(subject)
      if (others?.delete(server) && others.size === 0) exact.delete(subject)
      server.stopping ??= Promise.withResolvers<void>()
      if (server.active === 0) server.stopping.resolve()
      await server.stopping.promise
    }
  }

  return {
    request,
    serve,
    active: () => active,
    close: () => {
      closed = true
    },
  }
}
