import { hostname } from 'node:os'
import { join } from 'node:path'
import { createApi, createCatalogue, furnishParty, optionsOfEnvironment } from '@werenode/api'
import type { Clock, Party } from '@werenode/core'
import { createEvseManager, type ManagerSettings } from '@werenode/evse-manager'
import { connectExternalBroker, createMqttService } from '@werenode/mqtt'
import { catalogueOverBus, createOcpiService } from '@werenode/ocpi'
import { createOcppService, type Station, type TlsOptions } from '@werenode/ocpp'
import { createRelayer } from '@werenode/relayer'
import { openSqliteStore } from '@werenode/store'
import { serveStore } from '@werenode/store/remote'
import type { Logger } from 'pino'
import { startEmbeddedChain } from '../chain/embedded-chain.ts'
import { furnishDemo } from '../demo/furnish.ts'
import { type NodeParty, partyText } from '../demo/party.ts'
import { demoCard } from '../demo/stations.ts'
import type { DataFolder } from '../node/folders.ts'
import { openLocalNetwork } from '../node/local-network.ts'
import { openNodeBlobs } from '../node/node-blobs.ts'
import { nodeOperator } from '../node/node-operator.ts'
import { nodeSecret } from '../node/node-secret.ts'
import type { ExistingChainOptions } from '../node/operator/existing-chain.ts'
import { depthOf } from '../node/operator/join-network.ts'
import type { Parts } from '../node/parts.ts'
import type { PlugDoor } from '../node/plug-door.ts'
import { publicHostOf } from '../node/public-host.ts'
import { type ChainFacts, learnChainFacts, tellChainFacts } from './chain-facts.ts'
import { inTurn } from './in-turn.ts'
import { startObservatory } from './observatory.ts'
import { watchOrphanedLinks } from './orphaned-links.ts'
import type { ServiceName } from './services.ts'
import { openSharedHouse, type SharedPlaces } from './shared-house.ts'

export interface ServicesOptions {
  readonly services: ReadonlySet<ServiceName>
  readonly places: SharedPlaces
  /** Keys and the node's secret; of one house the same everywhere (a shared folder, or secrets mounted into it). */
  readonly data: DataFolder
  /** Name of this process among those of its kind, the same after a restart. Default: the host's. */
  readonly name?: string
  readonly host: string
  readonly ports: {
    readonly http: number
    readonly ocpp: number
    readonly mqtt: number
    readonly rpc: number
    readonly admin: number
  }
  /** Where health and metrics are listened to; in a container the pod's address. */
  readonly adminHost: string
  readonly origin: string
  /** Where stations reach the OCPP processes, behind their load balancer; default this process. */
  readonly stationsUrl?: string
  readonly stationDoor?: TlsOptions
  readonly plugDoor?: PlugDoor
  readonly existing?: ExistingChainOptions
  readonly party: NodeParty
  /** Roaming partners are told which of the others are connected. */
  readonly tellPartners: boolean
  /** Furnish the demo's places, tariffs, stations and card (in the processes `api` and `manager`). */
  readonly demo: boolean
  readonly log: Logger
  readonly clock: Clock
  readonly manager?: Partial<ManagerSettings>
}

/** The services of one process of a house that shares its store and bus with others, in the order in which they lean on each other. */
export const composeServices = async (
  options: ServicesOptions,
  parts: Parts,
): Promise<{ readonly ocppUrl?: string }> => {
  const { services, places, data, host, ports, origin, party, log, clock } = options
  const has = (name: ServiceName): boolean => services.has(name)
  const logOf = (service: string): Logger => log.child({ service })
  const name = options.name ?? hostname()
  const observatory = await startObservatory({
    port: ports.admin,
    host: options.adminHost,
    parts,
    log: logOf('observatory'),
  })

  if (has('chain')) {
    await parts.add('chain', async () => {
      const part = await startEmbeddedChain({
        folder: data.chain,
        log: logOf('chain'),
        rpcPort: ports.rpc,
        rpcHost: host,
        // The other processes of the house come through the same door as everybody.
        callsPerSecond: 20_000,
      })
      const { network } = await openLocalNetwork({
        chain: part,
        keyFile: join(data.path, 'keys.json'),
        party: partyText(party),
        clock,
        log: logOf('contracts'),
      })
      const rpcUrl = `http://${publicHostOf(host)}:${ports.rpc}`
      await tellChainFacts(data.path, { chainId: part.chainId, rpcUrl, network })
      return { part, stop: part.stop, stopWithinMs: 15_000 }
    })
  }
  if (has('store'))
    await parts.add('store for this host', async () => {
      const part = await openSqliteStore({ folder: data.path })
      const stop = await serveStore(part, places.store.slice('unix:'.length), logOf('store'))
      return {
        part,
        stop: async () => {
          await stop()
          await part.close()
        },
      }
    })
  if ([...services].every((service) => service === 'chain' || service === 'store')) {
    observatory.ready()
    return {}
  }

  const { store, bus } = await openSharedHouse(places, { parts, clock, log, onMetric: observatory.onMetric })
  const secret = await nodeSecret(data.secret)
  const chainFacts = async (): Promise<ChainFacts & Awaited<ReturnType<typeof learnChainFacts>>> =>
    learnChainFacts({
      folder: data.path,
      existing: options.existing,
      party: partyText(party),
      clock,
      log: logOf('contracts'),
    })

  if (has('relayer')) {
    const facts = await chainFacts()
    await parts.add('relayer', async () => {
      const part = createRelayer({
        store,
        bus,
        clock,
        log: logOf('relayer'),
        rpcUrls: [facts.rpcUrl],
        network: facts.network,
        keys: facts.keys,
        settings: { depth: depthOf(facts.network) },
        registry: observatory.registry,
      })
      await part.start()
      return { part, stop: part.stop, stopWithinMs: 10_000 }
    })
  }
  const files = await openNodeBlobs({ folder: data.path, secret, origin, clock })
  const plugParty = async (id: string): Promise<Party | undefined> =>
    (await store.get<{ _id: string; party: Party }>('mqtt_plugs', id))?.party
  await store.define([{ name: 'mqtt_plugs', indexes: [{ fields: ['party'] }, { fields: ['credentialId'] }] }])
  let ocppUrl: string | undefined
  if (has('ocpp')) {
    const ocpp = await parts.add('stations (OCPP)', async () => {
      const stationHost = publicHostOf(host)
      const part = createOcppService({
        store,
        bus,
        clock,
        log: logOf('ocpp'),
        holder: name,
        port: ports.ocpp,
        host,
        blobs: files.blobs,
        publicUrl: options.stationsUrl ?? `ws://${stationHost}:${ports.ocpp}/ocpp/`,
        isTaken: async (id) => (await plugParty(id)) !== undefined,
        ...(options.stationDoor === undefined ? {} : { tls: options.stationDoor }),
      })
      await part.start()
      return { part, stop: part.stop, stopWithinMs: 15_000 }
    })
    ocppUrl = ocpp.url
    observatory.stations(() => ocpp.connected)
    await parts.add('links of others', async () => ({
      part: undefined,
      stop: watchOrphanedLinks({ store, bus, ocpp, holder: name, log: logOf('ocpp') }),
    }))
  }
  if (has('mqtt')) {
    await parts.add('plugs (MQTT)', async () => {
      const leave = bus.lead('mqtt', async () => {
        const { broker, tls } = options.plugDoor ?? {}
        const part = createMqttService({
          store,
          bus,
          clock,
          log: logOf('mqtt'),
          port: ports.mqtt,
          ...(tls === undefined ? {} : { tls }),
          ...(broker === undefined
            ? {}
            : { transport: await connectExternalBroker({ ...broker, log: logOf('mqtt') }) }),
          host,
          publicHost: publicHostOf(host),
          isStation: async (id) => (await store.get<Station>('ocpp_stations', id)) !== undefined,
        })
        await part.start()
        return part.stop
      })
      return { part: undefined, stop: leave, stopWithinMs: 10_000 }
    })
  }
  if (has('manager')) {
    const manager = await parts.add('EVSE manager', async () => {
      const part = createEvseManager({
        store,
        bus,
        clock,
        log: logOf('manager'),
        ...(options.manager === undefined ? {} : { settings: options.manager }),
      })
      await part.start()
      return { part, stop: part.stop, stopWithinMs: 10_000 }
    })
    if (options.demo) await manager.cards.add(demoCard)
    observatory.money(store)
  }
  observatory.house(store, bus)
  if (has('api') || has('roaming')) {
    const facts = await chainFacts()
    const catalogue = await parts.add('catalogue', async () => {
      const part = createCatalogue({ store, bus, clock })
      await part.start()
      return { part, stop: part.stop }
    })
    const roaming = has('roaming')
      ? createOcpiService({
          store,
          bus,
          clock,
          log: logOf('ocpi'),
          origin,
          party,
          catalogue: catalogueOverBus(bus),
          carryOut: 'manager',
          clientInfo: { partners: options.tellPartners },
        })
      : undefined
    if (roaming !== undefined)
      await parts.add('roaming (OCPI)', async () => {
        // Each partner's outbox goes out in order: from one process at a time.
        const leave = bus.lead('roaming', async () => {
          await roaming.start()
          return roaming.stop
        })
        return { part: undefined, stop: leave, stopWithinMs: 15_000 }
      })
    const operator = await nodeOperator(data.operator)
    const { origin: _origin, bucket: _bucket, ...environment } = optionsOfEnvironment(process.env)
    await parts.add('API', async () => {
      const api = createApi({
        store,
        ...files,
        bus,
        clock,
        log: logOf('api'),
        origin,
        chainId: facts.chainId,
        rpcUrl: facts.rpcUrl,
        secret,
        ...environment,
        admins: [operator, ...(environment.admins ?? [])],
        stationParty: async (id) =>
          (await plugParty(id)) ?? ((await store.get<Station>('ocpp_stations', id))?.party as Party | undefined),
        pages: async (app) => {
          if (roaming !== undefined) await app.register(roaming.routes)
        },
      })
      const part = await api.start({ port: ports.http, host })
      return { part, stop: api.stop, stopWithinMs: 8_000 }
    })
    // Processes that begin at once furnish one after the other: each finds what is there already.
    await inTurn(bus, 'furnishing', async () => {
      await furnishParty({ store, clock }, { party: partyText(party), name: party.name, member: operator })
      if (options.demo)
        await furnishDemo({ store, clock, catalogue, party, passwordFile: join(data.simulator, 'passwords.json') })
    })
  }
  observatory.ready()
  return ocppUrl === undefined ? {} : { ocppUrl }
}
