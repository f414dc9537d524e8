import { join } from 'node:path'
import {
  createApi,
  createCatalogue,
  createStatusFeed,
  furnishParty,
  importIrve,
  optionsOfEnvironment,
  readStatusSource,
} from '@werenode/api'
import { createInProcessBus } from '@werenode/bus'
import type { Bus, Clock, Party, Store } from '@werenode/core'
import { createEvseManager, type ManagerSettings } from '@werenode/evse-manager'
import { connectExternalBroker, createMqttService, type PlugTimes } from '@werenode/mqtt'
import { catalogueOverBus, createOcpiService, type OcpiServiceOptions } from '@werenode/ocpi'
import { contractPoolOverHttp, createOcppService, type Station, type TlsOptions } from '@werenode/ocpp'
import { createRelayer, type RelayerSettings } from '@werenode/relayer'
import { openSqliteStore } from '@werenode/store'
import type { Logger } from 'pino'
import { member, mobile, portal } from '../apps/list.ts'
import { serveMember } from '../apps/serve-member.ts'
import { serveMobile } from '../apps/serve-mobile.ts'
import { servePortal } from '../apps/serve-portal.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../chain/embedded-chain.ts'
import { furnishDemo } from '../demo/furnish.ts'
import { furnishDemoPlugs } from '../demo/furnish-plugs.ts'
import { demoParty, type NodeParty, partyText } from '../demo/party.ts'
import { demoPlugs } from '../demo/plugs.ts'
import { demoCard, demoStations } from '../demo/stations.ts'
import type { ContractPool } from './contract-pool.ts'
import type { DataFolder } from './folders.ts'
import { landingPage } from './landing-page.ts'
import { openLocalNetwork } from './local-network.ts'
import { openNodeBlobs } from './node-blobs.ts'
import { nodeOperator } from './node-operator.ts'
import { nodeSecret } from './node-secret.ts'
import { type ExistingChain, type ExistingChainOptions, openExistingChain } from './operator/existing-chain.ts'
import { depthOf, joinNetwork } from './operator/join-network.ts'
import { openOperatorNode } from './operator/open-operator-node.ts'
import type { PlugBook } from './operator/plug-book.ts'
import { simulateBook } from './operator/simulate-book.ts'
import type { Parts } from './parts.ts'
import type { PlugDoor } from './plug-door.ts'
import { plugsHeard } from './plugs-heard.ts'
import { publicHostOf } from './public-host.ts'
import { assertSameChain, openedInWords } from './same-chain.ts'
import { demoPlugSimulation, startSimulatedPlugs } from './simulated-plugs.ts'
import { demoSimulation, startSimulatedStations } from './simulated-stations.ts'

export interface NodeOptions {
  readonly data: DataFolder
  readonly host: string
  /** All chosen, none 0. */
  readonly ports: {
    readonly http: number
    readonly ocpp: number
    readonly mqtt: number
    readonly rpc: number
    readonly admin: number
  }
  /** Where this node is reached from outside. */
  readonly origin: string
  readonly simulate: boolean
  /** TLS for charging stations, for security profiles 2 and 3; default none. */
  readonly stationDoor?: TlsOptions
  /** Default: the embedded broker without TLS. */
  readonly plugDoor?: PlugDoor
  /** Whose plugs these are, and under which name this node roams. Default the demo party. */
  readonly party?: NodeParty
  /** ISO 15118 contract certificates come from here. */
  readonly contractPool?: ContractPool
  /** An operator node: manager, stations and chain alone, with these plugs; no API, no catalogue, no roaming, no web. */
  readonly plugBook?: PlugBook
  /** An operator node on a chain that somebody else runs; absent: the embedded one. */
  readonly existing?: ExistingChainOptions
  readonly log: Logger
  readonly clock: Clock
  /** A chain that another node of this process keeps: two operators on one chain. Default: one of its own in the data folder. */
  readonly chain?: EmbeddedChain
  /** Times and limits other than the usual ones. */
  readonly tuning?: {
    readonly manager?: Partial<ManagerSettings>
    readonly relayer?: Partial<RelayerSettings>
    /** How long a station may take to answer, ms. */
    readonly stationAnswerMs?: number
    readonly plugs?: Partial<PlugTimes>
    readonly roaming?: Pick<
      OcpiServiceOptions,
      'pullEveryMs' | 'outbox' | 'cdrWaitMs' | 'commandTimeoutS' | 'peer' | 'clientInfo'
    >
  }
}

export interface RunningNode {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly origin: string
  readonly ocppUrl: string
  /** Where plugs connect. */
  readonly mqttUrl: string
  readonly rpcUrl: string
  /** Empty at an operator node, which has none. */
  readonly adminUrl: string
  readonly chain: EmbeddedChain | ExistingChain
  /** Plugs of simulated stations that told their status, of how many. */
  readonly plugs: { readonly heard: number; readonly wanted: number }
}

const plugsWithinMs = 20_000

/**
 * The composition root: all services in one process on the embedded defaults, in the order in which they lean on each other. Nothing
 * else constructs an adapter. `parts` stops them in the reverse order.
 */
export const composeNode = async (options: NodeOptions, parts: Parts): Promise<RunningNode> => {
  const { data, host, ports, origin, log, clock, tuning = {}, party = demoParty } = options
  const logOf = (service: string): Logger => log.child({ service })

  const chain = await parts.add<EmbeddedChain | ExistingChain>('chain', async () => {
    if (options.existing !== undefined)
      return { part: await openExistingChain(options.existing), stop: async () => undefined }
    if (options.chain !== undefined) return { part: options.chain, stop: async () => undefined }
    const part = await openedInWords(data.chain, () =>
      startEmbeddedChain({
        folder: data.chain,
        log: logOf('chain'),
        rpcPort: ports.rpc,
        rpcHost: host,
        nowMs: () => clock().getTime(),
      }),
    )
    return { part, stop: part.stop, stopWithinMs: 15_000 }
  })
  await assertSameChain(data.path, chain)
  const store = await parts.add('store', async () => {
    const part = await openSqliteStore({ folder: data.path })
    return { part, stop: part.close, stopWithinMs: 10_000 }
  })
  const bus = await parts.add('bus', async () => {
    const part = await createInProcessBus({ store, clock, log: logOf('bus') })
    return { part, stop: part.close, stopWithinMs: 8_000 }
  })
  const { network, keys } = await parts.add('contracts', async () => {
    const keyFile = join(data.path, 'keys.json')
    const mine = { keyFile, party: options.plugBook?.party ?? partyText(party), clock, log: logOf('contracts') }
    return {
      part: 'funder' in chain ? await openLocalNetwork({ chain, ...mine }) : await joinNetwork({ chain, ...mine }),
      stop: async () => undefined,
    }
  })
  await parts.add('relayer', async () => {
    const part = createRelayer({
      store,
      bus,
      clock,
      log: logOf('relayer'),
      rpcUrls: [chain.trustedRpcUrl],
      network,
      keys,
      settings: { ...('funder' in chain ? {} : { depth: depthOf(chain) }), ...tuning.relayer },
    })
    await part.start()
    return { part, stop: part.stop, stopWithinMs: 10_000 }
  })
  const secret = await nodeSecret(data.secret)
  const files = await openNodeBlobs({ folder: data.path, secret, origin, clock })
  /** As stations elsewhere reach this machine. */
  const named = new URL(origin).hostname
  const stationHost = ['0.0.0.0', '::'].includes(host) && named !== 'localhost' ? named : publicHostOf(host)
  const { stationDoor, contractPool } = options
  /** Known once the plugs' service is there. */
  let isPlug = (_id: string): boolean => false
  await parts.add('stations (OCPP)', async () => {
    const part = createOcppService({
      blobs: files.blobs,
      ...(stationDoor === undefined
        ? { filesUrl: `http://${stationHost}:${ports.ocpp}/files/` }
        : {
            tls: stationDoor,
            filesUrl: `https://${stationHost}:${stationDoor.port}/files/`,
            publicTlsUrl: `wss://${stationHost}:${stationDoor.port}/ocpp/`,
          }),
      publicUrl: `ws://${stationHost}:${ports.ocpp}/ocpp/`,
      isTaken: async (stationId) => isPlug(stationId),
      ...(contractPool === undefined
        ? {}
        : { contractCertificates: contractPoolOverHttp({ ...contractPool, log: logOf('contract pool') }) }),
      store,
      bus,
      clock,
      log: logOf('ocpp'),
      port: ports.ocpp,
      host,
      ...(tuning.stationAnswerMs === undefined ? {} : { callTimeoutMs: tuning.stationAnswerMs }),
    })
    await part.start()
    return { part, stop: part.stop }
  })
  const mqtt = await parts.add('plugs (MQTT)', async () => {
    const { broker, tls } = options.plugDoor ?? {}
    const mqttLog = logOf('mqtt')
    const part = createMqttService({
      store,
      bus,
      clock,
      log: mqttLog,
      port: ports.mqtt,
      ...(tls === undefined ? {} : { tls }),
      ...(broker === undefined ? {} : { transport: await connectExternalBroker({ ...broker, log: mqttLog }) }),
      host,
      publicHost: publicHostOf(host),
      isStation: async (id) => (await store.get<Station>('ocpp_stations', id)) !== undefined,
      ...(tuning.plugs === undefined ? {} : { times: tuning.plugs }),
    })
    await part.start()
    return { part, stop: part.stop }
  })
  isPlug = (id) => mqtt.plugs().some(({ _id }) => _id === id)
  const manager = await parts.add('EVSE manager', async () => {
    const part = createEvseManager({
      store,
      bus,
      clock,
      log: logOf('manager'),
      ...(tuning.manager === undefined ? {} : { settings: tuning.manager }),
    })
    await part.start()
    return { part, stop: part.stop }
  })
  const mqttUrl = options.plugDoor?.broker?.url ?? mqtt.url
  const ocppUrl = `ws://${host === '0.0.0.0' ? 'localhost' : host}:${ports.ocpp}/ocpp/`
  if (options.plugBook !== undefined) {
    const passwords = await openOperatorNode({ store, bus, clock, mqtt, data, book: options.plugBook, parts })
    const simulated = { parts, bus, ocppUrl, passwords, data, log: logOf('simulator') }
    const plugs = options.simulate ? await simulateBook(simulated) : { heard: 0, wanted: 0 }
    return { store, bus, clock, chain, origin, ocppUrl, mqttUrl, rpcUrl: chain.rpcUrl, adminUrl: '', plugs }
  }
  const catalogue = await parts.add('catalogue', async () => {
    const part = createCatalogue({ store, bus, clock })
    await part.start()
    return { part, stop: part.stop }
  })
  const operator = await nodeOperator(data.operator)
  const roaming = await parts.add('roaming (OCPI)', async () => {
    const part = createOcpiService({
      store,
      bus,
      clock,
      log: logOf('ocpi'),
      origin,
      party,
      catalogue: catalogueOverBus(bus),
      carryOut: 'manager',
      ...tuning.roaming,
    })
    await part.start()
    return { part, stop: part.stop, stopWithinMs: 15_000 }
  })
  const { adminUrl } = await parts.add('API', async () => {
    const page = landingPage({ origin, ocppUrl, mqttUrl, rpcUrl: chain.rpcUrl })
    const { origin: _origin, bucket: _bucket, ...environment } = optionsOfEnvironment(process.env)
    const api = createApi({
      store,
      ...files,
      bus,
      clock,
      log: logOf('api'),
      origin,
      chainId: chain.chainId,
      rpcUrl: chain.rpcUrl,
      adminPort: ports.admin,
      secret,
      ...environment,
      admins: [operator, ...(environment.admins ?? [])],
      stationParty: async (id) =>
        (mqtt.plugs().find(({ _id }) => _id === id)?.party ?? (await store.get<Station>('ocpp_stations', id))?.party) as
          | Party
          | undefined,
      pages: async (app) => {
        await app.register(roaming.routes)
        servePortal(app, { portal, waiting: page })
        serveMember(app, member)
        serveMobile(app, mobile)
      },
    })
    const part = await api.start({ port: ports.http, host })
    return { part, stop: api.stop, stopWithinMs: 8_000 }
  })

  await furnishParty({ store, clock }, { party: partyText(party), name: party.name, member: operator })
  const passwordFile = (name: string): string => join(data.simulator, `${name}.json`)
  const passwords = await furnishDemo({
    store,
    clock,
    catalogue,
    party,
    passwordFile: passwordFile('passwords'),
  })
  const plugPasswords = await furnishDemoPlugs({
    catalogue,
    mqtt,
    party,
    passwordFile: passwordFile('plug-passwords'),
  })
  await manager.cards.add(demoCard)
  const node = { store, bus, clock, chain, origin, ocppUrl, mqttUrl, rpcUrl: chain.rpcUrl, adminUrl: adminUrl! }
  if (!options.simulate) return { ...node, plugs: { heard: 0, wanted: 0 } }

  const simulated = demoStations
    .filter(({ byHand }) => byHand !== true)
    .map(({ stationId, evseIds }) => ({ stationId, evses: evseIds.length }))
  const atStations = await parts.add('simulated stations', async () => {
    const { heard, wanted } = plugsHeard(bus, simulated, plugsWithinMs)
    const { stop } = await startSimulatedStations({
      stations: demoSimulation(ocppUrl, passwords, data.simulator),
      folder: data.simulator,
      log: logOf('simulator'),
    })
    return { part: { heard: await heard, wanted }, stop }
  })
  const all = (smart: { heard: number; wanted: number }): RunningNode => ({
    ...node,
    plugs: { heard: atStations.heard + smart.heard, wanted: atStations.wanted + smart.wanted },
  })
  // A broker of one's own, or one that asks for certificates, does not know the demo's plugs.
  if (options.plugDoor?.broker !== undefined || options.plugDoor?.tls !== undefined) return all({ heard: 0, wanted: 0 })
  const smart = await parts.add('simulated plugs', async () => {
    const { heard, wanted } = plugsHeard(
      bus,
      demoPlugs.map(({ plugId }) => ({ stationId: plugId, evses: 1 })),
      plugsWithinMs,
    )
    const { stop } = await startSimulatedPlugs({
      plugs: demoPlugSimulation(mqtt.url, plugPasswords, data.simulator),
      folder: data.simulator,
      log: logOf('simulator'),
    })
    return { part: { heard: await heard, wanted }, stop }
  })
  return all(smart)
}

export { createStatusFeed, importIrve, readStatusSource }
