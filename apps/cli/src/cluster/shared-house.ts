import type { BusMetric } from '@werenode/bus'
import type { NatsBus } from '@werenode/bus/nats'
import { type Clock, type Store, WerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { Parts } from '../node/parts.ts'

export interface SharedHouse {
  readonly store: Store
  readonly bus: NatsBus
}

/** Where the store and the bus are that the processes of a house share. */
export interface SharedPlaces {
  /** `mongodb://...`, or `unix:/path` of a process `store` on the same host */
  readonly store: string
  /** `nats://...` */
  readonly bus: string
  readonly busReplicas: number
  /** Keeps houses that share servers apart. */
  readonly house: string
}

/** Throws `invalid-input` for what is no address of a store or bus that processes can share. */
export const sharedPlacesOf = (given: {
  store: string | undefined
  bus: string | undefined
  replicas: number | undefined
  house: string | undefined
}): SharedPlaces => {
  const { store, bus, replicas = 1, house = 'werenode' } = given
  if (store === undefined || !/^(mongodb(\+srv)?:\/\/|unix:)/.test(store))
    throw new WerenodeError('invalid-input', 'A house of several processes needs a store that they share', {
      hint: 'WERENODE_STORE or --store mongodb://host/database?replicaSet=rs0; on one host also unix:/path/store.sock, with a process `serve store`.',
    })
  if (bus === undefined || !/^(nats|tls):\/\//.test(bus))
    throw new WerenodeError('invalid-input', 'A house of several processes needs a bus that they share', {
      hint: 'WERENODE_BUS or --bus nats://host:4222',
    })
  return { store, bus, busReplicas: replicas, house }
}

/** Opens both; their drivers are loaded here and nowhere else. */
export const openSharedHouse = async (
  places: SharedPlaces,
  deps: { parts: Parts; clock: Clock; log: Logger; onMetric: (metric: BusMetric) => void },
): Promise<SharedHouse> => {
  const { parts, clock, log, onMetric } = deps
  const store = await parts.add<Store>('store', async () => {
    if (places.store.startsWith('unix:')) {
      const { connectStore } = await import('@werenode/store/remote')
      const part = await connectStore(places.store.slice('unix:'.length))
      return { part, stop: part.close }
    }
    const { openMongoStore } = await import('@werenode/store/mongo')
    const part = await openMongoStore({ url: places.store })
    log.info({ version: part.server.version, other: part.server.other }, 'The store answers')
    return { part, stop: part.close, stopWithinMs: 10_000 }
  })
  const bus = await parts.add('bus', async () => {
    const { openNatsBus } = await import('@werenode/bus/nats')
    const part = await openNatsBus({
      store,
      clock,
      servers: places.bus,
      prefix: places.house,
      replicas: places.busReplicas,
      log: log.child({ service: 'bus' }),
      onMetric,
    })
    return { part, stop: part.close, stopWithinMs: 12_000 }
  })
  return { store, bus }
}
