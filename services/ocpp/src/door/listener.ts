import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { isWerenodeError, WerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import type { FileDoor } from '../files/file-door.ts'
import type { Admitted, Door, Secured } from './door.ts'
import { Refusal, refuse } from './refusal.ts'

/** Certificates in PEM. Offer one of each kind (RSA of 2048 bits or more, EC P-256): stations speak one or the other. */
export interface TlsOptions {
  readonly port: number
  readonly cert: string | readonly string[]
  readonly key: string | readonly string[]
  /** Roots of the stations' own certificates (security profile 3). */
  readonly clientCa?: string | readonly string[]
}

/** The ports stations come to: one plain, one with TLS where certificates are given. */
export interface Listener {
  listen(): Promise<void>
  /** Refuses newcomers from now on. */
  close(): Promise<void>
  readonly port: number
  readonly tlsPort: number | undefined
}

/** Cipher suites of security profiles 2 and 3 (OCPP 2.0.1 part 2 A00.FR.318, 1.6 white paper), and those of TLS 1.3. */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
].join(':')

export const createListener = ({
  door,
  log,
  host,
  port,
  tls,
  maxFrameBytes,
  handshakeTimeoutMs,
  acquire,
  hold,
  files,
}: {
  door: Door
  log: Logger
  host: string
  port: number
  tls: TlsOptions | undefined
  maxFrameBytes: number
  /** How long a connection's request may take to arrive. */
  handshakeTimeoutMs: number
  /** Takes requests that are no station's connection; without it all are sent away. */
  files?: FileDoor | undefined
  /** Gives the newcomer its epoch, before the upgrade completes. Throws `Refusal`. */
  acquire: (admitted: Admitted) => Promise<number>
  /** Takes the open socket; undefined when the newcomer was gone before it was let in. */
  hold: (socket: WebSocket | undefined, wire: Duplex, admitted: Admitted, epoch: number) => void
}): Listener => {
  let closing = false
  const echoes = new WeakMap<IncomingMessage, string>()
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    handleProtocols: (_, request) => echoes.get(request) ?? false,
  })

  const onUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    try {
      if (closing) throw new Refusal(503, 'The server stops, try again later', 5)
      const admitted = await door.admit(request, securedBy(socket))
      const epoch = await acquire(admitted)
      if (admitted.subprotocol !== undefined) echoes.set(request, admitted.subprotocol)
      if (socket.destroyed) return hold(undefined, socket, admitted, epoch)
      socket.off('error', destroy)
      sockets.handleUpgrade(request, socket, head, (webSocket) => hold(webSocket, socket, admitted, epoch))
    } catch (error) {
      const { status, message } = refuseFor(error, socket)
      log.info({ url: request.url?.slice(0, 100), status, why: message }, 'A connection was refused')
    }
  }

  const refuseFor = (error: unknown, socket: Duplex): Refusal => {
    const away = isWerenodeError(error) && error.code === 'store-unavailable'
    if (!(error instanceof Refusal || away)) log.error({ err: error }, 'A connection could not be judged')
    const refusal =
      error instanceof Refusal
        ? error
        : away
          ? new Refusal(503, 'Storage is away, try again later', 10)
          : new Refusal(500, 'The connection could not be judged; try again later', 10)
    refuse(socket, refusal)
    return refusal
  }

  // A request line that trickles in must not hold a socket for long.
  const patience = {
    headersTimeout: handshakeTimeoutMs,
    requestTimeout: handshakeTimeoutMs,
    connectionsCheckingInterval: handshakeTimeoutMs / 3,
  }
  const onRequest: RequestListener = (request, response) => {
    if (!files?.(request, response)) notHere(request, response)
  }
  const plain = createServer(patience, onRequest)
  const secure =
    tls &&
    createTlsServer(
      {
        ...patience,
        cert: asList(tls.cert),
        key: asList(tls.key),
        minVersion: 'TLSv1.2',
        ciphers,
        honorCipherOrder: true,
        // Asked for, and judged at the door: only profile 3 needs one.
        requestCert: tls.clientCa !== undefined,
        rejectUnauthorized: false,
        ...(tls.clientCa === undefined ? {} : { ca: asList(tls.clientCa) }),
      },
      onRequest,
    )
  const servers = secure ? [plain, secure] : [plain]
  for (const server of servers)
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', destroy)
      void onUpgrade(request, socket, head)
    })

  return {
    listen: async () => {
      await listenOn(plain, port, host)
      if (secure) await listenOn(secure, tls.port, host)
    },
    close: async () => {
      closing = true
      await Promise.all(
        servers.map((server) => {
          const closed = new Promise<void>((resolve) => server.close(() => resolve()))
          server.closeAllConnections()
          return closed
        }),
      )
    },
    get port() {
      return portOf(plain)
    },
    get tlsPort() {
      return secure && portOf(secure)
    },
  }
}

/** Shared by all sockets: a closure for each would keep its request alive as long as the connection. */
function destroy(this: Duplex): void {
  this.destroy()
}

const notHere: RequestListener = (_, response) => {
  response.writeHead(426, { 'content-type': 'text/plain; charset=utf-8', upgrade: 'websocket' })
  response.end('Charging stations connect here by WebSocket: /ocpp/<identity>\n')
}

const asList = (pem: string | readonly string[]): string[] => (typeof pem === 'string' ? [pem] : [...pem])

const securedBy = (socket: Duplex): Secured | undefined => {
  if (!('encrypted' in socket)) return undefined
  const { authorized, authorizationError, getPeerCertificate } = socket as TLSSocket
  const certificate = getPeerCertificate.call(socket)
  const one = (name: string | string[] | undefined): string | undefined => (typeof name === 'string' ? name : name?.[0])
  return {
    authorized,
    reason: authorizationError ? String(authorizationError) : undefined,
    commonName: one(certificate.subject?.CN),
    organisation: one(certificate.subject?.O),
  }
}

const listenOn = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })

const portOf = (server: Server): number => {
  const address = server.address() as AddressInfo | null
  if (!address) throw new WerenodeError('internal', 'The OCPP service has no port before it is started')
  return address.port
}
