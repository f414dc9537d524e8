import { Agent as HttpAgent, type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http'
import { Agent as HttpsAgent, request as overHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export interface Sending {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** For the whole exchange, ms. */
  readonly timeoutMs: number
  /** Largest answer read, unpacked, bytes. */
  readonly maxBytes: number
}
export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Connections are kept: partners are told of changes by the thousand. Idle ones keep no process alive. */
const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) }

/**
 * One HTTP request and its whole answer, redirects included as they are. By node:http, at half the CPU of `fetch`.
 * @throws Error with words, or with the system's `code`; `TimeoutError` by name when the time is over.
 */
export const exchange = async (url: URL, sending: Sending): Promise<Received> => {
  for (let fresh = false; ; fresh = true) {
    try {
      return await once(url, sending, fresh)
    } catch (error) {
      // A kept connection that the other side has just closed: nothing was read of the request. What creates is not repeated.
      if (fresh || sending.method === 'POST' || !(error instanceof Stale)) throw unwrapped(error)
    }
  }
}

class Stale extends Error {}
const unwrapped = (error: unknown): unknown => (error instanceof Stale ? error.cause : error)

const once = (url: URL, sending: Sending, fresh: boolean): Promise<Received> =>
  new Promise((resolve, reject) => {
    const { protocol } = url
    if (protocol !== 'http:' && protocol !== 'https:') throw new Error(`${protocol} is not an address we call`)
    if (url.username !== '' || url.password !== '') throw new Error('an address with a password is not called')
    const { method, body } = sending
    const headers = body === undefined ? sending.headers : { ...sending.headers, 'content-length': byteLength(body) }
    const asked = (protocol === 'https:' ? overHttps : overHttp)(url, {
      method,
      headers,
      ...(fresh ? { agent: false } : { agent: agents[protocol] }),
    })
    const timer = setTimeout(() => asked.destroy(new TimeOver()), sending.timeoutMs)
    const failed = (error: Error): void => {
      clearTimeout(timer)
      asked.destroy()
      reject(error)
    }
    let answering = false
    asked.once('response', (answer) => {
      answering = true
      readText(answer, sending.maxBytes).then((text) => {
        clearTimeout(timer)
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
      }, failed)
    })
    asked.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        asked.reusedSocket && !answering && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
          ? new Stale('A kept connection was closed', { cause: error })
          : error,
      ),
    )
    // Errors of a request that was already answered or given up are nobody's.
    asked.on('error', () => undefined)
    asked.end(body)
  })

class TimeOver extends Error {
  override readonly name = 'TimeoutError'
}
const byteLength = (text: string): string => String(Buffer.byteLength(text))

const readText = (answer: IncomingMessage, maxBytes: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const stream = unpacked(answer)
    const chunks: Buffer[] = []
    let size = 0
    if (Number(answer.headers['content-length'] ?? 0) > maxBytes) return reject(new Error('the answer is too large'))
    answer.on('error', reject)
    stream.on('error', reject)
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) reject(new Error('the answer is too large'))
      else chunks.push(chunk)
    })
    stream.once('end', () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8')))
  })

const unpacked = (answer: IncomingMessage): Readable => {
  switch (answer.headers['content-encoding']?.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return answer.pipe(createGunzip())
    case 'deflate':
      return answer.pipe(createInflate())
    case 'br':
      return answer.pipe(createBrotliDecompress())
    default:
      return answer
  }
}
