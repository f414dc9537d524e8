import { resolve } from 'node:path'
import { type NodeParty, partyNamed } from '../demo/party.ts'
import { openDataFolder } from '../node/folders.ts'
import { openLog } from '../node/log.ts'
import { createParts } from '../node/parts.ts'
import { plugDoorOf } from '../node/plug-door.ts'
import { stationDoorOf } from '../node/station-door.ts'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { printTrouble } from '../terminal/trouble.ts'
import { composeServices } from './compose-services.ts'
import { servicesNamed } from './services.ts'
import { sharedPlacesOf } from './shared-house.ts'
import { servicesSpec } from './spec.ts'

/** A process of a house of many; runs until it is asked to stop, and drains then. Resolves with the exit code. */
export const startServices = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { options, words } = parseArguments(servicesSpec, args)
  const env = process.env
  const services = servicesNamed(words[0] ?? env.WERENODE_SERVICES ?? '')
  const places = sharedPlacesOf({
    store: options.store ?? env.WERENODE_STORE,
    bus: options.bus ?? env.WERENODE_BUS,
    replicas: options['bus-replicas'] ?? numberIn(env.WERENODE_BUS_REPLICAS),
    house: options.house ?? env.WERENODE_HOUSE,
  })
  const host = options.host ?? env.WERENODE_HOST ?? '127.0.0.1'
  const party: NodeParty = partyNamed(options.party ?? env.WERENODE_PARTY, options['party-name'])
  const rpcUrl = options['rpc-url'] ?? env.WERENODE_RPC_URL
  const addressesFile = options.addresses ?? env.WERENODE_ADDRESSES
  const name = options.name ?? env.WERENODE_NAME
  const stationsUrl = options['stations-url'] ?? env.WERENODE_STATIONS_URL
  const data = await openDataFolder(resolve(options.data ?? env.WERENODE_DATA ?? '.werenode/cluster'), { fresh: false })
  const { log, flush } = openLog(data.log, env.WERENODE_LOG_LEVEL ?? 'info', env.WERENODE_LOG === 'stdout')
  const ports = {
    http: options.port ?? 8080,
    ocpp: options['ocpp-port'] ?? 9000,
    mqtt: options['mqtt-port'] ?? 1883,
    rpc: options['rpc-port'] ?? 8545,
    admin: options['admin-port'] ?? 8081,
  }
  const stationDoor = stationDoorOf({
    port: options['ocpp-tls-port'] ?? 9001,
    cert: options['ocpp-cert'] ?? env.WERENODE_OCPP_CERT,
    key: options['ocpp-key'] ?? env.WERENODE_OCPP_KEY,
    clientCa: options['ocpp-client-ca'] ?? env.WERENODE_OCPP_CLIENT_CA,
  })
  const parts = createParts({
    onStarted: (part, ms) => log.info({ part, ms: Math.round(ms) }, 'Started'),
    onStopFailure: (part, error) => log.error({ part, err: error }, 'Did not stop in order'),
  })
  const { promise: asked, resolve: stop } = Promise.withResolvers<void>()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop())
  let code = 0
  const fault = (error: unknown): void => {
    log.fatal({ err: error }, 'Something broke; the process stops in order')
    code = 1
    stop()
  }
  process.on('uncaughtException', fault)
  process.on('unhandledRejection', fault)
  try {
    const running = composeServices(
      {
        services,
        places,
        data,
        host,
        ports,
        adminHost: options['admin-host'] ?? env.WERENODE_HEALTH_HOST ?? '127.0.0.1',
        origin: options.origin ?? env.WERENODE_ORIGIN ?? `http://localhost:${ports.http}`,
        party,
        demo: options.demo,
        tellPartners: options['tell-partners'],
        log,
        clock: () => new Date(),
        plugDoor: plugDoorOf(
          {
            broker: options['mqtt-broker'] ?? env.WERENODE_MQTT_BROKER,
            cert: undefined,
            key: undefined,
            clientCa: undefined,
          },
          env,
        ),
        ...(name === undefined ? {} : { name }),
        ...(stationsUrl === undefined ? {} : { stationsUrl }),
        ...(stationDoor === undefined ? {} : { stationDoor }),
        ...(rpcUrl === undefined || addressesFile === undefined ? {} : { existing: { rpcUrl, addressesFile } }),
        ...(options['cosign-timeout'] === undefined ? {} : { manager: { cosignTimeoutS: options['cosign-timeout'] } }),
      },
      parts,
    )
    await Promise.race([running, asked])
    screen.print(`Ready: ${[...services].join(', ')}`)
    await asked
  } catch (error) {
    code = 1
    log.error({ err: error }, 'The process could not go on')
    printTrouble(screen, error)
  }
  const late = await parts.stop()
  log.info({ late }, 'Stopped')
  flush()
  setTimeout(() => process.exit(late.length > 0 ? 1 : code), 1_000).unref()
  return late.length > 0 ? 1 : code
}

const numberIn = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))
