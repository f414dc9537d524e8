import type { NatsConnection, Subscription } from '@nats-io/nats-core'
import { type Bus, type ErrorCode, errorStatus, isWerenodeError, type Unsubscribe, WerenodeError } from '@werenode/core'
import { checkName, checkSubject, matchAny } from '../names.ts'
import { failureFields, type Observer } from '../observe.ts'
import { jsonCopy } from '../plain-copy.ts'
import type { Requests } from '../requests.ts'
import type { Subjects } from './subjects.ts'

const DEFAULT_TIMEOUT_MS = 5_000
/** One name for all: NATS gives each request to one member of a queue group, whichever of their patterns it fits. */
const QUEUE = 'servers'
const SUBJECT = 'Werenode-Subject'

interface Answer {
  readonly ok?: unknown
  readonly error?: { code: string; message: string; hint?: string; data: Record<string, unknown> }
}

const encode = (value: unknown, what: string, most: number): string => {
  let text: string
  try {
    text = JSON.stringify({ ok: value === undefined ? undefined : jsonCopy(value) })
  } catch (cause) {
    throw new WerenodeError('invalid-input', `${what} is not plain JSON`, { cause })
  }
  if (Buffer.byteLength(text) > most)
    throw new WerenodeError('too-large', `${what} is larger than NATS takes (${most} bytes)`, {
      hint: 'Raise max_payload in the configuration of the NATS servers.',
    })
  return text
}

/** What the other side learns of a failure: a WerenodeError whole, anything else without its words, which may hold secrets. */
const failureOf = (error: unknown, subject: string, observer: Observer): Answer => {
  if (isWerenodeError(error) && error.code in errorStatus) {
    const { code, message, hint } = error
    let data = {}
    try {
      data = jsonCopy(error.data) as object
    } catch (cause) {
      observer.log.error({ subject, ...failureFields(cause) }, 'The data of an error could not be carried over')
    }
    return { error: { code, message, data, ...(hint === undefined ? {} : { hint }) } }
  }
  observer.log.error({ subject, ...failureFields(error) }, 'A request was not answered because its server failed')
  return {
    error: { code: 'internal', message: `Whoever serves ${subject} failed`, hint: 'Its log says why.', data: {} },
  }
}

const isNobody = (error: unknown): boolean =>
  error instanceof Error && /no responders/i.test(`${error.name} ${error.message}`)
const isLate = (error: unknown): boolean => error instanceof Error && /timeout/i.test(`${error.name} ${error.message}`)

/** Requests among processes: NATS knows by the interest in a subject who serves it, and says at once when nobody does. */
export const createNatsRequests = (
  nc: NatsConnection,
  subjects: Subjects,
  observer: Observer,
  headersOf: (values: Record<string, string>) => import('@nats-io/nats-core').MsgHdrs,
  onProgress: () => void,
): Requests => {
  let active = 0
  let closed = false
  const subscriptions = new Set<Subscription>()
  const most = (): number => (nc.info?.max_payload ?? 1_048_576) - 1_024

  const request = async <R>(subject: string, payload: unknown, options: { timeoutMs?: number } = {}): Promise<R> => {
    const startedAt = performance.now()
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    let outcome = 'ok'
    checkSubject(subject)
    try {
      const nobody = (): WerenodeError =>
        new WerenodeError('no-responder', `Nobody serves ${subject}`, {
          hint: 'The service that does is not running, or holds no link to this station.',
          data: { subject },
        })
      if (closed) throw nobody()
      const data = encode(payload, `The request to ${subject}`, most())
      let answer: Answer
      try {
        const headers = headersOf({ [SUBJECT]: encodeURIComponent(subject) })
        const reply = await nc.request(subjects.request(subject), data, { timeout: timeoutMs, headers })
        answer = reply.json<Answer>()
      } catch (error) {
        if (isNobody(error)) throw nobody()
        if (isLate(error))
          throw new WerenodeError('timeout', `No answer to ${subject} within ${timeoutMs} ms`, {
            hint: 'It may still be carried out.',
            data: { subject, timeoutMs },
          })
        throw new WerenodeError('store-unavailable', `The request to ${subject} could not be sent`, {
          hint: 'Look at the connection to NATS.',
          cause: error,
        })
      }
      if (answer.error !== undefined) {
        const { code, message, hint, data: about } = answer.error
        throw new WerenodeError(
          code as ErrorCode,
          message,
          hint === undefined ? { data: about } : { data: about, hint },
        )
      }
      return answer.ok as R
    } catch (error) {
      outcome = isWerenodeError(error) ? error.code : 'internal'
      throw error
    } finally {
      observer.metric({ kind: 'request', subject, durationMs: performance.now() - startedAt, outcome })
    }
  }

  const serve: Bus['serve'] = (subject, handler): Unsubscribe => {
    checkName(subject, 'Subject')
    matchAny([subject])
    let mine = 0
    let stopping: PromiseWithResolvers<void> | undefined
    const run = async (payload: unknown, named: string): Promise<string> => {
      try {
        return encode(await handler(payload, named), `The answer to ${named}`, most())
      } catch (error) {
        return JSON.stringify(failureOf(error, named, observer))
      }
    }
    const subscription = nc.subscribe(subjects.serve(subject), {
      queue: QUEUE,
      callback: (error, message) => {
        if (error !== null) {
          observer.log.error({ subject, ...failureFields(error) }, 'Requests are not heard')
          return
        }
        active++
        mine++
        const named = decodeURIComponent(message.headers?.get(SUBJECT) ?? subject)
        void run(message.json<{ ok?: unknown }>().ok, named).then((text) => {
          // Whoever asked may be gone; then nobody hears it.
          if (!nc.isClosed()) message.respond(text)
          active--
          if (--mine === 0) stopping?.resolve()
          onProgress()
        })
      },
    })
    subscriptions.add(subscription)
    return async () => {
      subscriptions.delete(subscription)
      if (stopping === undefined) {
        stopping = Promise.withResolvers<void>()
        // The server has taken the interest away when this resolves: nobody is sent here any more.
        if (!nc.isClosed()) {
          subscription.unsubscribe()
          await nc.flush()
        }
        if (mine === 0) stopping.resolve()
      }
      await stopping.promise
    }
  }

  return {
    request,
    serve,
    active: () => active,
    close: () => {
      closed = true
      for (const subscription of subscriptions) subscription.unsubscribe()
      subscriptions.clear()
    },
  }
}
