import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { type Clock, type DeviceTransport, WerenodeError } from '@werenode/core'
import { Aedes, type AuthenticateError, type Client } from 'aedes'
import type { Logger } from 'pino'
import { type Access, mayPublish, maySubscribe } from '../profile/access.ts'
import { createPacketGuard } from './packet-guard.ts'
import { createRouter } from './router.ts'

export interface BrokerTls {
  readonly key: string | Buffer
  readonly cert: string | Buffer
  /** Issuer of client certificates; with it a device may prove itself by certificate, its name being its user name. */
  readonly clientCa?: string | Buffer
  /** Turn away devices without one. */
  readonly requireClientCertificate?: boolean
}

export interface BrokerLimits {
  readonly maxPacketBytes: number
  readonly packetsPerS: number
  readonly burst: number
  readonly maxConnections: number
}

export const defaultBrokerLimits: BrokerLimits = {
  // A bridge's list of devices is long; a plug's longest message is about 2 kB.
  maxPacketBytes: 512 * 1024,
  packetsPerS: 50,
  burst: 500,
  maxConnections: 20_000,
}

/** Who knocks. */
export interface Caller {
  readonly username: string | undefined
  readonly password: Buffer | undefined
  /** Name in a client certificate that was verified. */
  readonly certificateName: string | undefined
  readonly address: string
}

/** Decides who may come in and what they may do. */
export interface BrokerDoor {
  /** False is "bad user name or password", whatever was wrong. */
  admit(caller: Caller): Promise<boolean>
  /** Undefined for an observer that was removed meanwhile. */
  access(username: string): Access | undefined
}

export interface BrokerAlarm {
  readonly kind: 'takeover' | 'refused-publish' | 'refused-subscribe' | 'retained-command' | 'limit' | 'refused-login'
  readonly username: string
  readonly address: string
  readonly detail: string
}

export interface EmbeddedBrokerOptions {
  readonly port: number
  readonly host: string
  readonly tls?: BrokerTls | undefined
  readonly door: BrokerDoor
  readonly limits?: Partial<BrokerLimits> | undefined
  readonly clock: Clock
  readonly log: Logger
  readonly onAlarm: (alarm: BrokerAlarm) => void
  /** A device's connection came or went. */
  readonly onLink: (username: string, isUp: boolean) => void
}

export interface EmbeddedBroker {
  readonly transport: DeviceTransport
  start(): Promise<void>
  stop(): Promise<void>
  readonly port: number
  readonly connected: number
  /** Ends the connection of a credential that was changed or removed. */
  expel(username: string): void
}

/** Refused messages go here: MQTT 3.1.1 knows no refusal short of hanging up, and firmwares publish more than they need. */
const nowhere = '$werenode/refused'

/**
 * The MQTT broker inside the house. Every connection has one credential, hears and says only what that credential's access list
 * names, and begins afresh: sessions are never kept, because a command that waits in a queue would switch on a plug that comes back
 * after a power cut. A message is acknowledged after its reader has stored it.
 */
export const createEmbeddedBroker = async (options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> => {
  const { door, log, onAlarm, onLink } = options
  const limits = { ...defaultBrokerLimits, ...options.limits }
  const router = createRouter()
  const names = new WeakMap<Client, string>()
  const addresses = new WeakMap<Client, string>()
  const addressOf = (client: Client): string => addresses.get(client) ?? ''

  const alarm = (kind: BrokerAlarm['kind'], client: Client, detail: string): void =>
    onAlarm({ kind, username: names.get(client) ?? '', address: addressOf(client), detail })

  const broker = new Aedes({
    concurrency: 500,
    connectTimeout: 10_000,
    drainTimeout: 10_000,
    maxClientsIdLength: 128,
    maxTopicLevels: 16,
    keepaliveLimit: 0,
    preConnect: (client, packet, done) => {
      addresses.set(client, (client.conn as Socket).remoteAddress ?? '')
      // The client id is the credential: nobody can push another device out by taking its id.
      packet.clientId = packet.username ?? certificateName(client) ?? ''
      packet.clean = true
      done(null, true)
    },
    authenticate: (client, username, password, done) => {
      const name = username ?? certificateName(client)
      const caller: Caller = {
        username: name,
        password,
        certificateName: certificateName(client),
        address: addressOf(client),
      }
      door.admit(caller).then(
        (isIn) => {
          if (!isIn || name === undefined) {
            onAlarm({
              kind: 'refused-login',
              username: (name ?? '').slice(0, 60),
              address: caller.address,
              detail: name === undefined ? 'No user name was given' : 'Unknown user name or wrong password',
            })
            return done(refusedLogin(), false)
          }
          names.set(client, name)
          const before = clients().get(name)
          if (before && !before.closed) {
            const from = addressOf(before)
            if (isAlive(before))
              alarm(
                'takeover',
                client,
                `It was connected from ${from} when a second connection came from ${caller.address}`,
              )
          }
          done(null, true)
        },
        (error: unknown) => {
          log.error({ err: error, username: name }, 'A device could not be judged at the door')
          done(unavailable(), false)
        },
      )
    },
    authorizeSubscribe: (client, subscription, done) => {
      const access = door.access(names.get(client) ?? '')
      if (access && maySubscribe(access, subscription.topic)) return done(null, subscription)
      alarm('refused-subscribe', client, subscription.topic.slice(0, 120))
      // MQTT 3.1.1 §3.9.3: 0x80, the connection stays.
      done(null, null)
    },
    authorizePublish: (client, packet, done) => {
      if (client === null) return done(null)
      const access = door.access(names.get(client) ?? '')
      if (!access || !mayPublish(access, packet.topic)) {
        const isCommand = packet.retain && (access?.commands.includes(packet.topic) ?? false)
        alarm(isCommand ? 'retained-command' : 'refused-publish', client, packet.topic.slice(0, 120))
        packet.topic = nowhere
        packet.payload = Buffer.alloc(0)
        packet.retain = false
        return done(null)
      }
      const work = router.route({ topic: packet.topic, payload: payloadOf(packet.payload), retained: false })
      if (work === undefined) return done(null)
      // Acknowledged once it is stored; what cannot be stored hangs up, and the device sends it again.
      work.then(
        () => done(null),
        (error: unknown) => {
          log.error({ err: error, topic: packet.topic }, 'A message could not be taken')
          done(error as Error)
        },
      )
    },
  })
  await broker.listen()

  const clients = (): Map<string, Client> =>
    new Map(Object.entries((broker as unknown as { clients: Record<string, Client> }).clients))
  broker.on('clientReady', (client) => onLink(names.get(client) ?? '', true))
  broker.on('clientDisconnect', (client) => onLink(names.get(client) ?? '', false))
  // Both are ends of connections, which the guard and the door have told already.
  broker.on('clientError', (client, error) => log.debug({ client: client.id, err: error }, 'A connection ended'))
  broker.on('connectionError', (_, error) => log.debug({ err: error }, 'A connection ended before it began'))

  const sockets = new Set<Socket>()
  const take = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    const guard = createPacketGuard({ ...limits, now: () => performance.now() })
    const read = socket.read.bind(socket)
    socket.read = (size?: number) => {
      const chunk = read(size) as Buffer | null
      const verdict = chunk === null ? undefined : guard(chunk)
      if (verdict === undefined) return chunk
      alarm(
        'limit',
        client,
        `${verdict}: at most ${limits.maxPacketBytes} bytes a message, ${limits.packetsPerS} a second`,
      )
      socket.destroy()
      return null
    }
    const client: Client = broker.handle(socket)
    addresses.set(client, socket.remoteAddress ?? '')
  }

  const { tls } = options
  const server: Server = tls
    ? createTlsServer(
        {
          key: tls.key,
          cert: tls.cert,
          minVersion: 'TLSv1.2',
          ...(tls.clientCa === undefined
            ? {}
            : {
                ca: tls.clientCa,
                requestCert: true,
                rejectUnauthorized: tls.requireClientCertificate ?? false,
              }),
        },
        take,
      )
    : createServer(take)
  server.maxConnections = limits.maxConnections
  server.on('tlsClientError', (error) => log.debug({ err: error }, 'A TLS handshake failed'))

  const transport: DeviceTransport = {
    subscribe: async (pattern, { group }, handler) => {
      router.add(pattern, group, handler)
      for (const kept of await retainedOf(broker, pattern)) await handler(kept)
      return async () => void router.remove(pattern, group, handler)
    },
    publish: async (topic, payload) => {
      if (broker.closed) throw new WerenodeError('no-responder', 'The MQTT broker is stopped')
      const bytes = Buffer.from(payload)
      broker.publish({ cmd: 'publish', topic, payload: bytes, qos: 1, retain: false, dup: false }, (error) => {
        if (error) log.warn({ err: error, topic }, 'A message could not be published')
      })
      await router.route({ topic, payload, retained: false })
    },
    close: async () => stop(),
  }

  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    // Nobody new from here on: a plug that was just cut off comes back at once.
    const closed = server.listening ? new Promise<void>((resolve) => server.close(() => resolve())) : undefined
    stopped ??= new Promise<void>((resolve) => broker.close(() => resolve())).then(() => {
      for (const socket of sockets) socket.destroy()
      return closed
    })
    return stopped
  }

  return {
    transport,
    start: () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(options.port, options.host, () => {
          server.off('error', reject)
          server.on('error', (error) => log.error({ err: error }, 'The MQTT listener failed'))
          resolve()
        })
      }),
    stop,
    get port() {
      const address = server.address()
      if (address === null || typeof address === 'string')
        throw new WerenodeError('internal', 'The MQTT broker has no port before it is started')
      return address.port
    },
    get connected() {
      return broker.connectedClients
    },
    expel: (username) => clients().get(username)?.close(),
  }
}

const certificateName = (client: Client): string | undefined => {
  const socket = client.conn as TLSSocket
  if (!socket.encrypted || !socket.authorized) return undefined
  const name = socket.getPeerCertificate().subject?.CN
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** A plug that lost its Wi-Fi comes back while its old connection is half dead: that is no takeover. */
const isAlive = (client: Client): boolean => {
  const socket = client.conn as Socket
  return !socket.destroyed && socket.writable && socket.writableLength === 0
}

const payloadOf = (payload: string | Buffer): Uint8Array =>
  typeof payload === 'string' ? Buffer.from(payload) : payload

const refusal = (returnCode: number, message: string): AuthenticateError =>
  Object.assign(new Error(message), { returnCode }) as AuthenticateError
const refusedLogin = (): AuthenticateError => refusal(4, 'Bad user name or password')
const unavailable = (): AuthenticateError => refusal(3, 'The server cannot judge now, try again later')

const retainedOf = async (
  broker: Aedes,
  pattern: string,
): Promise<readonly { topic: string; payload: Uint8Array; retained: true }[]> => {
  const { persistence } = broker as unknown as {
    persistence: { createRetainedStreamCombi(patterns: string[]): AsyncIterable<{ topic: string; payload: Buffer }> }
  }
  const kept: { topic: string; payload: Uint8Array; retained: true }[] = []
  for await (const { topic, payload } of persistence.createRetainedStreamCombi([pattern]))
    kept.push({ topic, payload, retained: true })
  return kept
}
