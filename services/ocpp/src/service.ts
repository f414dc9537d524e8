import type { BlobStore, Bus, Clock, Store } from '@werenode/core'
import type { Logger } from 'pino'
import { type ContractCertificates, noContracts } from './certificates/contracts.ts'
import { type CertificateAuthority, createCertificateDesk } from './certificates/desk.ts'
import { ocppCollections } from './collections.ts'
import { createCarryOut } from './commands/commands.ts'
import { createSendQueued } from './commands/queue.ts'
import { createSendAny } from './commands/send-any.ts'
import { createDesks } from './desks.ts'
import { createDoor, type DoorRates, defaultDoorRates } from './door/door.ts'
import { createListener, type TlsOptions } from './door/listener.ts'
import { createFileDoor, filesPath } from './files/file-door.ts'
import { createTickets, type Tickets } from './files/tickets.ts'
import { type Campaigns, createCampaigns } from './firmware/campaigns.ts'
import { createConverse } from './link/converse.ts'
import { createHarbour } from './link/harbour.ts'
import { createLinks } from './link/links.ts'
import type { Link, LinkContext } from './link/open-link.ts'
import { createOffice } from './operators/office.ts'
import { createSites, type Sites } from './smart/site.ts'
import { createStationConsole } from './stations/console.ts'
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
import type { Deviation } from './wire/repair.ts'
import { schemasOf } from './wire/schemas.ts'
import { type OcppVersion, ocppVersions } from './wire/version.ts'

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
  /** A second port with TLS, for security profiles 2 and 3. */
  readonly tls?: TlsOptions
  /** How long one message of a station may be worked on before its link is given up. Default 60 s. */
  readonly stallMs?: number
  /** How long a connection's request may take to arrive. Default 15 s. */
  readonly handshakeTimeoutMs?: number
  /** Largest frame, bytes. Default 1 MiB: reports are long. */
  readonly maxFrameBytes?: number
  readonly rates?: DoorRates
  /** Where firmware lies and logs go; without it stations have no files here. */
  readonly blobs?: BlobStore
  /** How stations reach this service's files, with `/files/` at the end; default its own port. */
  readonly filesUrl?: string
  /** What stations are told to connect to, with `/ocpp/` at the end; default this service's own ports. */
  readonly publicUrl?: string
  readonly publicTlsUrl?: string
  /** Whether a station's id already belongs to something else of this node, as a smart plug. */
  readonly isTaken?: (stationId: string) => Promise<boolean>
  /** How far the message log and the deviations may be behind what is shown, and what a crash takes of them. Default 60 s. */
  readonly writeDownMs?: number
  /** How often the limits of sites are shared anew. Default 15 s. */
  readonly balanceMs?: number
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
  /** `wss://…`, where there is TLS. */
  readonly tlsUrl: string | undefined
  /** Gives up what another process held that is gone: its stations are told as disconnected until they come back. */
  releaseLinksOf(holder: string): Promise<void>
  /** Stations connected to this process. */
  readonly connected: number
  /** Writes now what is written beside the work: message log and deviations. */
  writeDown(): Promise<void>
  /** Firmware for many stations. */
  readonly campaigns: Campaigns
  /** Signed single-use addresses at which stations fetch and leave files. */
  fileUrl(wanted: Parameters<Tickets['issue']>[0]): Promise<string>
  /** Sites whose limit their EVSEs share. */
  readonly sites: Sites
}

/**
 * The charging stations' side of the house: OCPP 1.6J, 2.0.1 and 2.1 on one port, at `/ocpp/<identity>`. Keeps what stations say,
 * tells it as events, and carries out what is asked on `station.<id>.command`. Nothing is acknowledged that is not durable.
 */
export const createOcppService = (options: OcppServiceOptions): OcppService => {
  const { store, bus, clock, log, host = '0.0.0.0', heartbeatS = 300, pingAfterMs = 60_000 } = options
  const { zombieGraceMs = 60_000, bootGraceMs = 300_000 } = options
  const now = () => clock().getTime()
  const links = createLinks({ log })
  const records = createStationRecords({ store, bus, clock, holder: options.holder ?? 'ocpp' })
  const dossier = createDossier({ store, clock })
  const deviations = createDeviationCounter({ store, clock })
  const messages = createMessageLog({
    store,
    log,
    onDuplicateKeys: (stationId) => deviations.note(stationId, 'frame', [{ rule: 'duplicate-key', path: '' }]),
  })
  const converse = createConverse({ dossier, clock, log })
  const certificates = createCertificateDesk({
    dossier,
    clock,
    log,
    authority: options.certificateAuthority,
    deliver: async (stationId, certificateChain, type) => {
      const link = links.get(stationId)
      if (!link)
        return void log.warn({ stationId }, 'A certificate is ready, but its station is gone; it will ask again')
      const typed = link.version === 'ocpp1.6' ? {} : { certificateType: type }
      await converse(link)('CertificateSigned', { certificateChain, ...typed })
    },
  })
  const desks = createDesks({
    store,
    bus,
    clock,
    log,
    records,
    dossier,
    certificates,
    contracts: options.contractCertificates ?? noContracts,
    // Stations that got their interval at the same moment must not beat at the same moment for ever.
    heartbeatS: () => heartbeatS + Math.floor(Math.random() * (heartbeatS / 10)),
    zombieGraceMs,
    bootGraceMs,
    vendorPlugins: options.vendorPlugins ?? [],
  })

  const tickets = createTickets({ store, clock })
  const filesUrl = (): string => options.filesUrl ?? `http://${reachable(host)}:${listener.port}${filesPath}`
  const stations = createStationConsole({ store, bus, clock, log, messages })
  const campaigns = createCampaigns({ store, clock, log, dossier, tickets, stations, filesUrl })
  const sites = createSites({ store, bus, clock, log, book: desks.book })
  const office = createOffice({
    store,
    bus,
    clock,
    log,
    stations,
    campaigns,
    sites,
    book: desks.book,
    tickets,
    urls: () => ({
      plain: options.publicUrl ?? `ws://${reachable(host)}:${listener.port}/ocpp/`,
      tls:
        listener.tlsPort === undefined
          ? undefined
          : (options.publicTlsUrl ?? `wss://${reachable(host)}:${listener.tlsPort}/ocpp/`),
    }),
    filesUrl,
    hasFiles: options.blobs !== undefined,
    isTaken: options.isTaken ?? (async () => false),
  })

  const sendAny = createSendAny({ converse })
  const sendQueued = createSendQueued({ store, clock, log, sendAny })
  const logFailure = (error: unknown): void => log.error({ err: error }, 'A background task failed')
  const shared = {
    callTimeoutMs: options.callTimeoutMs ?? 60_000,
    clock,
    log,
    onAdmitted: (link: Link, booted: boolean) =>
      void settleIn(link, { call: converse(link), records, connectors: desks.connectors, log, booted })
        .then(() => sendQueued(link))
        .catch(logFailure),
    onDeviations: (stationId: string, found: readonly Deviation[], action: string) =>
      deviations.note(stationId, action, found),
    onFrame: messages.note,
  }
  const contextOf: Record<OcppVersion, LinkContext> = {
    'ocpp1.6': { ...shared, schemas: schemasOf('ocpp1.6'), handlers: handlers16(desks) },
    'ocpp2.0.1': { ...shared, schemas: schemasOf('ocpp2.0.1'), handlers: handlers201(desks) },
    'ocpp2.1': { ...shared, schemas: schemasOf('ocpp2.1'), handlers: handlers21(desks) },
  }
  const harbour = createHarbour({
    links,
    records,
    bus,
    log,
    now,
    contextOf,
    carryOut: createCarryOut({ ...desks, converse, log }),
    sendAny,
    messages,
    pingAfterMs,
    deadAfterMs: Math.max(pingAfterMs * 3, heartbeatS * 2_500),
    stallMs: options.stallMs ?? 60_000,
  })
  const listener = createListener({
    door: createDoor({
      records,
      credentials: createCredentialChecker({ now }),
      rates: options.rates ?? defaultDoorRates,
      now,
    }),
    log,
    host,
    port: options.port,
    tls: options.tls,
    maxFrameBytes: options.maxFrameBytes ?? 1024 * 1024,
    handshakeTimeoutMs: options.handshakeTimeoutMs ?? 15_000,
    acquire: harbour.acquire,
    files: options.blobs && createFileDoor({ tickets, blobs: options.blobs, log }),
    hold: harbour.hold,
  })
  /** What is shown to operators is written beside the work, in batches. */
  const writeDown = async (): Promise<void> => {
    await messages.flush()
    await deviations.flush()
  }
  const routines: NodeJS.Timeout[] = []
  const every = (ms: number, task: () => unknown): void => {
    const run = async (): Promise<void> => void (await task())
    routines.push(setInterval(() => void run().catch(logFailure), Math.max(50, ms)).unref())
  }
  let untap: (() => Promise<void>) | undefined
  let unserve: (() => Promise<void>) | undefined

  return {
    start: async () => {
      await store.define(ocppCollections)
      await records.releaseLeftovers()
      for (const version of ocppVersions) schemasOf(version).warm(hotActions)
      untap = bus.tap(['station.connected'], ({ data }) => {
        const { stationId, epoch } = data as { stationId: string; epoch: number }
        links.fence(stationId, epoch)
      })
      await listener.listen()
      unserve = office.serve()
      every(Math.min(5_000, zombieGraceMs / 4), desks.zombies.sweep)
      every(options.writeDownMs ?? 60_000, writeDown)
      every(pingAfterMs / 3, harbour.watch)
      every(options.balanceMs ?? 15_000, sites.balanceAll)
      every(options.balanceMs ?? 15_000, campaigns.advanceAll)
    },
    stop: async () => {
      for (const routine of routines) clearInterval(routine)
      const closed = listener.close()
      await harbour.clear('The server stops')
      await writeDown().catch(logFailure)
      await untap?.()
      await unserve?.()
      await closed
    },
    writeDown,
    releaseLinksOf: (holder) => records.releaseLeftovers(holder),
    get url() {
      return `ws://${reachable(host)}:${listener.port}/ocpp/`
    },
    get port() {
      return listener.port
    },
    get tlsUrl() {
      return listener.tlsPort === undefined ? undefined : `wss://${reachable(host)}:${listener.tlsPort}/ocpp/`
    },
    get connected() {
      return links.count
    },
    sites,
    campaigns,
    fileUrl: async (wanted) => `${filesUrl()}${await tickets.issue(wanted)}`,
  }
}

const reachable = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host)

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
