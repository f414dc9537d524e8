import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  type Bus,
  type Clock,
  type StationCommand,
  type Store,
  stationCommandSubject,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import { type ContractCertificates, noContracts } from './certificates/contracts.ts'
import { type CertificateAuthority, createCertificateDesk } from './certificates/desk.ts'
import { ocppCollections } from './collections.ts'
import { createCarryOut } from './commands/commands.ts'
import { type AnyCommand, createSendAny } from './commands/send-any.ts'
import { createDesks } from './desks.ts'
import { type Admitted, createDoor, type DoorRates } from './door/door.ts'
import { Refusal, refuse } from './door/refusal.ts'
import { createConverse } from './link/converse.ts'
import { createLink, type Link } from './link/link.ts'
import { createLinks } from './link/links.ts'
import { type CloseCommand, stationCallSubject } from './stations/console.ts'
import { createCredentialChecker } from './stations/credentials.ts'
import { createStationRecords } from './stations/records.ts'
import { settleIn } from './stations/settle-in.ts'
import type { VendorPlugin } from './transfer/desk.ts'
import { handlers16 } from './v16/handlers.ts'
import { handlers21 } from './v21/handlers.ts'
import { handlers201 } from './v201/handlers.ts'
import { createDeviationCounter } from './watch/deviations.ts'
import { createDossier } from './watch/dossier.ts'
import { createMessageLog } from './watch/message-log.ts'
import { schemasOf } from './wire/schemas.ts'
import { ocppVersions } from './wire/version.ts'

export interface OcppServiceOptions {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  /** 0 takes a free one. */
  readonly port: number
  readonly host?: string
  /** Name of this process among those that share the store, the same after a restart. */
  readonly holder?: string
  /** Seconds between heartbeats; each station gets up to a tenth more, so that they spread. Default 300. */
  readonly heartbeatS?: number
  /** How long a station may take to answer our CALLs. Default 60 s: slow modems exist. */
  readonly callTimeoutMs?: number
  /** How long a transaction whose connector is free may go without its end. Default 60 s. */
  readonly zombieGraceMs?: number
  /** How long a transaction may stay silent after its station booted. Default 5 min. */
  readonly bootGraceMs?: number
  /** Silence after which we ping; dead after three times that. Default 60 s. */
  readonly pingAfterMs?: number
  /** How long one message of a station may be worked on before its link is given up. Default 60 s. */
  readonly stallMs?: number
  /** How long a connection's request may take to arrive. Default 15 s. */
  readonly handshakeTimeoutMs?: number
  /** Largest frame, bytes. Default 1 MiB: reports are long. */
  readonly maxFrameBytes?: number
  readonly rates?: DoorRates
  readonly vendorPlugins?: readonly VendorPlugin[]
  /** Answers stations' certificate requests; without one they are kept and refused. */
  readonly certificateAuthority?: CertificateAuthority
  /** ISO 15118 contract certificates; without it cars are told that none can be had. */
  readonly contractCertificates?: ContractCertificates
}

export interface OcppService {
  start(): Promise<void>
  /** Closes every link in order and forgets nothing: stations come back by themselves. */
  stop(): Promise<void>
  /** `ws://host:port/ocpp/`; append the station's identity. */
  readonly url: string
  readonly port: number
  /** Stations connected to this process. */
  readonly connected: number
}

/**
 * The charging stations' side of the house: OCPP 1.6J, 2.0.1 and 2.1 on one port, at `/ocpp/<identity>`. Keeps what stations say,
 * tells it as events, and carries out what is asked on `station.<id>.command`. Nothing is acknowledged that is not durable.
 */
export const createOcppService = (options: OcppServiceOptions): OcppService => {
  const { store, bus, clock, log, host = '0.0.0.0', holder = 'ocpp' } = options
  const {
    heartbeatS = 300,
    callTimeoutMs = 60_000,
    pingAfterMs = 60_000,
    stallMs = 60_000,
    handshakeTimeoutMs = 15_000,
    zombieGraceMs = 60_000,
  } = options
  const now = () => clock().getTime()
  const records = createStationRecords({ store, bus, clock, holder })
  const door = createDoor({
    records,
    credentials: createCredentialChecker({ now }),
    ...(options.rates ? { rates: options.rates } : {}),
    now,
  })
  const dossier = createDossier({ store, clock })
  const deviations = createDeviationCounter({ store, clock })
  const messages = createMessageLog({
    store,
    clock,
    log,
    onDuplicateKeys: (stationId) => deviations.note(stationId, 'frame', [{ rule: 'duplicate-key', path: '' }]),
  })
  const converse = createConverse({ dossier, clock, log })
  const certificates = createCertificateDesk({
    dossier,
    clock,
    log,
    authority: options.certificateAuthority,
    deliver: async (stationId, chain, type) => {
      const link = links.get(stationId)
      if (!link)
        return void log.warn({ stationId }, 'A certificate is ready, but its station is gone; it will ask again')
      const typed = link.version === 'ocpp1.6' ? {} : { certificateType: type }
      await converse(link)('CertificateSigned', { certificateChain: chain, ...typed })
    },
  })
  const desks = createDesks({
    dossier,
    certificates,
    contracts: options.contractCertificates ?? noContracts,
    store,
    bus,
    clock,
    log,
    records,
    heartbeatS: () => heartbeatS + Math.floor(Math.random() * (heartbeatS / 10)),
    zombieGraceMs,
    bootGraceMs: options.bootGraceMs ?? 300_000,
    vendorPlugins: options.vendorPlugins ?? [],
  })
  const handlers = { 'ocpp1.6': handlers16(desks), 'ocpp2.0.1': handlers201(desks), 'ocpp2.1': handlers21(desks) }
  const carryOut = createCarryOut({ ...desks, converse, log })
  const sendAny = createSendAny({ converse })
  const links = createLinks({ log })
  // A request line that trickles in must not hold a socket for long.
  const slow = { headersTimeout: handshakeTimeoutMs, requestTimeout: handshakeTimeoutMs }
  const server = createServer({ ...slow, connectionsCheckingInterval: handshakeTimeoutMs / 3 }, (_, response) => {
    response.writeHead(426, { 'content-type': 'text/plain; charset=utf-8', upgrade: 'websocket' })
    response.end('Charging stations connect here by WebSocket: /ocpp/<identity>\n')
  })
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: options.maxFrameBytes ?? 1024 * 1024,
    handleProtocols: (_, request) => echoes.get(request) ?? false,
  })
  const echoes = new WeakMap<IncomingMessage, string>()
  const leaving = new Set<Promise<void>>()
  const timers: NodeJS.Timeout[] = []
  let stopping = false
  let untap: (() => Promise<void>) | undefined

  const hold = (socket: WebSocket, { station, version }: Admitted, epoch: number): void => {
    const link: Link = createLink({
      stationId: station._id,
      epoch,
      socket,
      schemas: schemasOf(version),
      handlers: handlers[version],
      strict: station.strict,
      wholeSeconds: station.wholeSeconds ?? false,
      noPing: station.noPing ?? false,
      callTimeoutMs,
      clock,
      log,
      onAdmitted: (booted) =>
        void settleIn(link, station, { call: converse(link), connectors: desks.connectors, log, booted }).catch(
          logFailure,
        ),
      onDeviations: (found, action) => deviations.note(station._id, action, found),
      onFrame: (direction, text, action) => messages.note(station._id, direction, text, action),
    })
    links.replace(link)
    const unserve = [
      bus.serve(stationCommandSubject(station._id), (payload) => carryOut(link, payload as StationCommand)),
      bus.serve(stationCallSubject(station._id), (payload) =>
        onCallRequest(link, payload as AnyCommand | CloseCommand),
      ),
    ]
    log.info({ stationId: station._id, version, epoch }, 'A station is connected')
    const gone = link.done.then(async (reason) => {
      links.remove(link)
      await Promise.all(unserve.map((stopServing) => stopServing()))
      log.info({ stationId: station._id, epoch, reason }, 'A station is gone')
      await records.release(station._id, epoch, stopping ? 'The server stops' : reason)
    })
    track(gone)
  }

  const onCallRequest = async (link: Link, command: AnyCommand | CloseCommand): Promise<unknown> => {
    if (!('close' in command)) return sendAny(link, command)
    link.close(1008, command.close)
    return {}
  }

  const logFailure = (error: unknown): void => log.error({ err: error }, 'A background task failed')
  const track = (task: Promise<void>): void => {
    const tracked = task.catch(logFailure).finally(() => leaving.delete(tracked))
    leaving.add(tracked)
  }

  /** What is shown to operators is written beside the work, in batches. */
  const writeDown = async (): Promise<void> => {
    await messages.flush()
    await deviations.flush()
  }

  const onUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on('error', () => socket.destroy())
    try {
      if (stopping) throw new Refusal(503, 'The server stops, try again later', 5)
      const admitted = await door.admit(request, false)
      await yieldToLiving(admitted)
      const epoch = await records.acquire(admitted.station._id, admitted)
      if (admitted.subprotocol !== undefined) echoes.set(request, admitted.subprotocol)
      if (socket.destroyed) return void track(records.release(admitted.station._id, epoch, 'Gone before it was let in'))
      sockets.handleUpgrade(request, socket, head, (webSocket) => hold(webSocket, admitted, epoch))
    } catch (error) {
      const refusal = refusalFor(error)
      log.info(
        { url: request.url?.slice(0, 100), status: refusal.status, why: refusal.message },
        'A connection was refused',
      )
      refuse(socket, refusal)
    }
  }

  const refusalFor = (error: unknown): Refusal => {
    if (error instanceof Refusal) return error
    if (error instanceof WerenodeError && error.code === 'store-unavailable')
      return new Refusal(503, 'Storage is away, try again later', 10)
    log.error({ err: error }, 'A connection could not be judged')
    return new Refusal(500, 'The connection could not be judged; try again later', 10)
  }

  /** Without credentials anybody could push a living station out: the newcomer waits for a failed ping of the old link. */
  const yieldToLiving = async ({ station }: Admitted): Promise<void> => {
    const old = links.get(station._id)
    if (station.securityProfile !== 0 || !old?.isOpen) return
    const heardBefore = old.lastHeardAt
    old.ping()
    const deadline = Date.now() + 2_000
    while (Date.now() < deadline && old.isOpen) {
      if (old.lastHeardAt > heardBefore)
        throw new Refusal(409, `Charging station ${station._id} is already connected and alive`, 60)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  const watch = (): void => {
    for (const link of links.all()) {
      if (link.busySince !== undefined && now() - link.busySince > stallMs) {
        log.error(
          { stationId: link.stationId, sinceMs: now() - link.busySince },
          'A message is stuck; its link is closed',
        )
        link.close(1011, 'A message could not be worked on in time')
        continue
      }
      const silentMs = now() - link.lastHeardAt
      if (silentMs > pingAfterMs * 3 && silentMs > heartbeatS * 2500) link.close(1001, 'Nothing was heard for too long')
      else if (silentMs > pingAfterMs && !link.noPing) link.ping()
    }
  }

  return {
    start: async () => {
      await store.define(ocppCollections)
      await records.releaseLeftovers()
      for (const version of ocppVersions) schemasOf(version).warm(hotActions)
      untap = bus.tap(['station.connected'], ({ data }) => {
        const { stationId, epoch } = data as { stationId: string; epoch: number }
        links.fence(stationId, epoch)
      })
      server.on('upgrade', (request, socket, head) => void onUpgrade(request, socket, head))
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(options.port, host, resolve)
      })
      timers.push(
        setInterval(() => track(desks.zombies.sweep()), Math.max(50, Math.min(5_000, zombieGraceMs / 4))).unref(),
        setInterval(() => track(writeDown()), 1_000).unref(),
        setInterval(watch, Math.max(50, pingAfterMs / 3)).unref(),
      )
    },
    stop: async () => {
      stopping = true
      for (const timer of timers) clearInterval(timer)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const link of links.all()) link.close(1001, 'The server stops')
      server.closeAllConnections()
      while (links.count > 0 || leaving.size > 0) {
        await Promise.all(leaving)
        await new Promise((resolve) => setImmediate(resolve))
      }
      await writeDown().catch(logFailure)
      await untap?.()
      await closed
    },
    get url() {
      return `ws://${host === '0.0.0.0' ? '127.0.0.1' : host}:${portOf(server.address())}/ocpp/`
    },
    get port() {
      return portOf(server.address())
    },
    get connected() {
      return links.count
    },
  }
}

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string')
    throw new WerenodeError('internal', 'The OCPP service has no port before it is started')
  return address.port
}

/** Compiled before the first station comes. */
const hotActions = [
  'Authorize',
  'BootNotification',
  'Heartbeat',
  'MeterValues',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
  'TransactionEvent',
]
