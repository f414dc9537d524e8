import type { Duplex } from 'node:stream'

/** Why a station is not let in: the status line, and a sentence for the person who reads its log. */
export class Refusal extends Error {
  readonly status: number
  readonly retryAfterS: number | undefined

  constructor(status: number, message: string, retryAfterS?: number) {
    super(message)
    this.status = status
    this.retryAfterS = retryAfterS
  }
}

const phrases: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

export const refuse = (socket: Duplex, refusal: Refusal): void => {
  if (!socket.writable) return void socket.destroy()
  const head = [
    `HTTP/1.1 ${refusal.status} ${phrases[refusal.status] ?? 'Error'}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(refusal.message)}`,
    ...(refusal.status === 401 ? ['WWW-Authenticate: Basic realm="OCPP"'] : []),
    ...(refusal.retryAfterS === undefined ? [] : [`Retry-After: ${refusal.retryAfterS}`]),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${refusal.message}`)
  // A peer that never reads must not keep the socket.
  setTimeout(() => socket.destroy(), 2_000).unref()
}
