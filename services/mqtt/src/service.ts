import { randomUUID } from 'node:crypto'
import {
  type Bus,
  type Clock,
  type DeviceTransport,
  type StationCommand,
  type Store,
  stationCommandSubject,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import { type Alarm, createAlarms } from './alarms.ts'
import { mqttCollections, readingSeries } from './collections.ts'
import { generatePassword, hashPassword } from './door/credentials.ts'
import { type Credential, createDoor, credentials } from './door/door.ts'
import { type AddedPlug, type NewPlug, preparePlug, rekey } from './onboarding/add-plug.ts'
import { createHomeAssistant } from './onboarding/home-assistant.ts'
import { createOwnProfiles, type OwnProfiles } from './onboarding/own-profiles.ts'
import { createRecorder, type Recording } from './onboarding/recorder.ts'
import { createPlugActor, type Live, type PlugActor } from './plug/actor.ts'
import { createCarryOut } from './plug/commands.ts'
import { disconnectedEvent } from './plug/events.ts'
import { type Plug, type PlugLink, type PlugTransaction, parsePlugId, type ReadingPoint } from './plug/plug.ts'
import { createRegistry } from './plug/registry.ts'
import { type PlugTimes, usualPlugTimes } from './plug/settings.ts'
import { accessOf, mosquittoAccess } from './profile/access.ts'
import { bindDevice } from './profile/device.ts'
import { createProfiles, type Profiles } from './profile/profiles.ts'
import { servePlugRequests } from './requests.ts'
import {
  type BrokerLimits,
  type BrokerTls,
  createEmbeddedBroker,
  type EmbeddedBroker,
} from './transport/embedded-broker.ts'

export interface MqttServiceOptions {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  /** Of the embedded broker; 0 takes a free one. Not used with a transport of your own. */
  readonly port: number
  readonly host?: string
  /** The name under which devices find the broker, in onboarding texts. Default: `host`. */
  readonly publicHost?: string
  readonly tls?: BrokerTls
  /** Another broker than the embedded one; see `connectExternalBroker`. It is closed with the service. */
  readonly transport?: DeviceTransport
  readonly limits?: Partial<BrokerLimits>
  readonly times?: Partial<PlugTimes>
  /** Whether an id is that of a station of another protocol: a plug must not take its commands. */
  readonly isStation?: (id: string) => Promise<boolean>
}

export interface MqttService {
  start(): Promise<void>
  /** Forgets nothing: plugs come back by themselves, and their relays fall off by their own timers if we do not. */
  stop(): Promise<void>
  /** `mqtt://host:port` of the embedded broker; '' with a transport of your own. */
  readonly url: string
  readonly port: number
  /** Plugs in reach. */
  readonly connected: number
  /** Lets a plug in (or changes it) and says how to set it up. */
  addPlug(input: NewPlug): Promise<AddedPlug>
  removePlug(plugId: string): Promise<void>
  /** A new password (made when none is given); the old one ends at once, and so does its connection. */
  rekey(credentialId: string, password?: string): Promise<string>
  plugs(): readonly Plug[]
  live(plugId: string): Live
  /** Every reading kept, oldest first. */
  history(
    plugId: string,
    query: { from?: number; to?: number; limit?: number; newestFirst?: boolean },
  ): Promise<readonly { readonly at: number; readonly value: ReadingPoint }[]>
  /** Told after each stored reading. */
  watch(handler: (live: Live, point: ReadingPoint) => void): Unsubscribe
  /** The green light of onboarding: resolves with the first reading from now on. Rejects with `timeout`. */
  firstReading(plugId: string, options?: { timeoutMs?: number }): Promise<Live>
  /**
   * Lets an unknown device in under one topic for a while, with a credential that ends with the recording, and drafts a profile from
   * what it sends. With a transport of your own the device is let in by that broker.
   */
  record(options: { prefix: string; durationMs: number }): Promise<{
    readonly username: string
    readonly password: string
    readonly done: Promise<Recording>
  }>
  readonly profiles: Profiles
  /** Profiles that parties wrote for their own plugs. */
  readonly ownProfiles: OwnProfiles
  /** A name and password for a household's Home Assistant, which then shows the plugs. */
  addObserver(name: string): Promise<{ username: string; password: string }>
  alarms(limit?: number): Promise<readonly Alarm[]>
  /** Access list of a plug for Mosquitto's `acl_file`. */
  mosquittoAccess(plugId: string): string
}

/**
 * Plugs and small EVSEs over MQTT. To the rest of the house each is a station with one EVSE and one connector: commands come on
 * `station.<plugId>.command`, events go out as OCPP stations' do, with protocol `mqtt`.
 */
export const createMqttService = (options: MqttServiceOptions): MqttService => {
  const { store, bus, clock, log, host = '0.0.0.0' } = options
  const times: PlugTimes = { ...usualPlugTimes, ...options.times }
  const registry = createRegistry()
  const alarms = createAlarms({
    store,
    bus,
    clock,
    log,
    plugsBehind: (credentialId) => registry.behind(credentialId).map(({ plugId }) => plugId),
  })
  const profiles = createProfiles({ store })
  const carryOut = createCarryOut({ store, clock, log })
  const door = createDoor({ store, clock, accessOfPlugs: registry.access })
  const watchers = new Set<(live: Live, point: ReadingPoint) => void>()
  const holds = new Map<string, readonly Unsubscribe[]>()
  let broker: EmbeddedBroker | undefined
  let transport: DeviceTransport | undefined = options.transport
  let ticker: NodeJS.Timeout | undefined
  let isTicking = false
  let isStopping = false

  const transportNow = (): DeviceTransport => {
    if (!transport) throw new WerenodeError('internal', 'The MQTT service is not started')
    return transport
  }
  const homeAssistant = createHomeAssistant({ transport: transportNow, plugs: () => registry.all(), log })

  const onReading = (live: Live, point: ReadingPoint): void => {
    for (const watcher of watchers) {
      try {
        watcher(live, point)
      } catch (error) {
        log.error({ err: error, plugId: live.plugId }, 'A watcher of readings failed')
      }
    }
    homeAssistant.tell(live)
  }

  /** Brings a plug to life in this process. */
  const hold = async (plug: Plug): Promise<void> => {
    await release(plug._id)
    const profile = await profiles.get(plug.family)
    const device = bindDevice(profile, { ...plug, plugId: plug._id })
    const [link, running, last] = await Promise.all([
      store.get<PlugLink>('mqtt_links', plug._id),
      store.find<PlugTransaction>(
        'mqtt_transactions',
        { stationId: plug._id, state: { $in: ['starting', 'open', 'stopping'] } },
        { limit: 1 },
      ),
      store.range(readingSeries, plug._id, { limit: 1, newestFirst: true }),
    ])
    const actor = createPlugActor(
      {
        store,
        bus,
        clock,
        log,
        times,
        transport: transportNow,
        onReading: () => (watchers.size > 0 || homeAssistant.isListening() ? onReading : undefined),
      },
      {
        plug,
        device,
        link: link && (await leftover(link, last[0]?.at)),
        transaction: running.items[0],
        lastPoint: last[0],
      },
    )
    registry.add(actor)
    const isOurs = actor.message
    const subscriptions: Unsubscribe[] = []
    for (const topic of device.reads.keys()) subscriptions.push(await transportNow().subscribe(topic, {}, isOurs))
    subscriptions.push(
      bus.serve(stationCommandSubject(plug._id), (payload) => carryOut(actor, payload as StationCommand)),
    )
    holds.set(plug._id, subscriptions)
  }

  /** A link that was up when the process before us died. */
  const leftover = async (link: PlugLink, lastAt: number | undefined): Promise<PlugLink> => {
    if (!link.connected) return link
    const { _rev, ...bare } = link as PlugLink & { _rev?: number }
    const reason = 'The server was restarted'
    const closed: PlugLink = {
      ...bare,
      connected: false,
      disconnectedAt: new Date(lastAt ?? clock().getTime()).toISOString(),
      reason,
    }
    await bus.commit(
      [{ op: 'put', in: 'mqtt_links', doc: closed }],
      [disconnectedEvent(link._id, link.epoch, clock(), reason)],
    )
    return closed
  }

  const release = async (plugId: string): Promise<void> => {
    for (const undo of holds.get(plugId) ?? []) await undo()
    holds.delete(plugId)
    const actor = registry.remove(plugId)
    if (actor) await actor.linkLost('It was taken out of service')
  }

  const logFailure = (error: unknown): void => log.error({ err: error }, 'A background task of the MQTT service failed')

  const tick = async (): Promise<void> => {
    if (isTicking || isStopping) return
    isTicking = true
    try {
      for (const actor of registry.all()) await actor.tick().catch(logFailure)
    } finally {
      isTicking = false
    }
  }

  const actorOf = (plugId: string): PlugActor => {
    const actor = registry.get(plugId)
    if (!actor)
      throw new WerenodeError('not-found', `There is no plug "${plugId.slice(0, 60)}"`, {
        hint: 'Add it first; its id is case-sensitive.',
      })
    return actor
  }

  const startBroker = async (): Promise<void> => {
    broker = await createEmbeddedBroker({
      port: options.port,
      host,
      tls: options.tls,
      door,
      limits: options.limits,
      clock,
      log,
      onAlarm: alarms.raise,
      onLink: (username, isUp) => {
        if (isUp || isStopping) return
        for (const actor of registry.behind(username)) actor.linkLost('The connection was lost').catch(logFailure)
      },
    })
    transport = broker.transport
  }

  const port = (): number => broker?.port ?? 0

  const isTaken = async (id: string): Promise<boolean> =>
    (await options.isStation?.(id)) === true || (await store.get<Credential>(credentials, id)) !== undefined

  let serving: readonly Unsubscribe[] = []
  const service: MqttService = {
    start: async () => {
      await store.define(mqttCollections)
      if (!transport) await startBroker()
      for (let after: string | undefined, more = true; more; ) {
        const page = await store.find<Plug>('mqtt_plugs', {}, { limit: 500, ...(after === undefined ? {} : { after }) })
        for (const { _rev, ...plug } of page.items)
          await hold(plug as Plug).catch((error: unknown) =>
            log.error({ err: error, plugId: plug._id }, 'A plug could not be taken into service'),
          )
        after = page.next
        more = after !== undefined
      }
      await homeAssistant.start()
      await broker?.start()
      serving = servePlugRequests({
        bus,
        clock,
        service,
        isTaken,
        alarmsOf: async (ids, limit) => {
          await alarms.settled()
          return alarms.recent(limit, ids)
        },
      })
      ticker = setInterval(() => void tick(), times.tickMs).unref()
    },
    stop: async () => {
      isStopping = true
      clearInterval(ticker)
      for (const undo of serving) await undo()
      for (const subscriptions of holds.values()) for (const undo of subscriptions) await undo()
      holds.clear()
      await homeAssistant.stop()
      for (const actor of registry.all()) await actor.linkLost('The server stops')
      await transport?.close()
      await alarms.settled()
    },
    get url() {
      if (!broker) return ''
      return `${options.tls ? 'mqtts' : 'mqtt'}://${host === '0.0.0.0' ? '127.0.0.1' : host}:${broker.port}`
    },
    get port() {
      return port()
    },
    get connected() {
      let count = 0
      for (const actor of registry.all()) if (actor.live().online) count += 1
      return count
    },
    addPlug: async (input) => {
      const profile = await profiles.get(input.family)
      const address = { host: options.publicHost ?? (host === '0.0.0.0' ? '127.0.0.1' : host), port: port() || 1883 }
      const { added, ops } = await preparePlug({ store, clock, profile, broker: address }, input)
      const device = bindDevice(profile, { ...input, plugId: added.plug._id })
      const rival = registry.rivalOf(added.plug.credentialId, accessOf(device))
      if (rival !== undefined)
        throw new WerenodeError('conflict', `Plug ${rival} has these topics already`, {
          hint: `Outlets of one device share a credential: give credentialId of ${rival}; two devices need topics of their own.`,
        })
      if (registry.get(added.plug._id)?.transaction)
        throw new WerenodeError('conflict', `Plug ${added.plug._id} is in use`, {
          hint: 'Change it when its session is over.',
        })
      await store.write(ops)
      if (added.password !== undefined) broker?.expel(added.username)
      await hold(added.plug)
      homeAssistant.announce(added.plug._id)
      return added
    },
    removePlug: async (plugId) => {
      const actor = actorOf(plugId)
      if (actor.transaction)
        throw new WerenodeError('conflict', `Plug ${plugId} is in use`, { hint: 'Remove it when its session is over.' })
      const { credentialId } = actor.plug
      await release(plugId)
      const isLast = registry.behind(credentialId).length === 0
      await store.write([
        { op: 'delete', in: 'mqtt_plugs', id: plugId },
        ...(isLast ? [{ op: 'delete', in: credentials, id: credentialId } as const] : []),
      ])
      if (isLast) broker?.expel(credentialId)
    },
    rekey: async (credentialId, wanted) => {
      const { password, isNew } = await rekey({ store, clock }, credentialId, wanted)
      if (isNew) broker?.expel(credentialId)
      return password
    },
    plugs: () => [...registry.all()].map(({ plug }) => plug),
    live: (plugId) => actorOf(plugId).live(),
    history: async (plugId, query) =>
      (await store.range(readingSeries, parsePlugId(plugId), query)) as readonly { at: number; value: ReadingPoint }[],
    watch: (handler) => {
      watchers.add(handler)
      return async () => void watchers.delete(handler)
    },
    firstReading: async (plugId, { timeoutMs = 120_000 } = {}) => {
      actorOf(plugId)
      return new Promise((resolve, reject) => {
        const done = (): void => {
          clearTimeout(timer)
          watchers.delete(look)
        }
        const look = (live: Live): void => {
          if (live.plugId !== plugId) return
          done()
          resolve(live)
        }
        const timer = setTimeout(() => {
          done()
          reject(
            new WerenodeError(
              'timeout',
              `Nothing was heard from plug ${plugId} within ${Math.round(timeoutMs / 1000)} s`,
              {
                hint: 'Check host, port, user name, password and topic on the device; it must reach this host over the network.',
              },
            ),
          )
        }, timeoutMs)
        watchers.add(look)
      })
    },
    record: async ({ prefix, durationMs }) => {
      if (!/^[^+#$\p{Cc}/][^+#\p{Cc}]{0,100}$/u.test(prefix) || prefix.endsWith('/'))
        throw new WerenodeError('invalid-input', `"${prefix.slice(0, 60)}" is no topic to record under`, {
          hint: "Give the beginning of the device's topics, without wildcards, e.g. shed/plug.",
        })
      const access = { publish: [`${prefix}/#`], subscribe: [`${prefix}/#`], commands: [] }
      const rival = registry.rivalOf('', access)
      if (rival !== undefined)
        throw new WerenodeError('conflict', `${rival} speaks under ${prefix} already`, { hint: 'Remove it first.' })
      const username = `recording-${randomUUID().slice(0, 8)}`
      const password = generatePassword()
      const doc: Credential = {
        _id: username,
        hash: await hashPassword(password),
        role: 'device',
        createdAt: clock().toISOString(),
      }
      await store.write([{ op: 'put', in: credentials, doc }])
      door.guests.set(username, access)
      const done = createRecorder({ transport: transportNow() })({ prefix, durationMs }).finally(async () => {
        door.guests.delete(username)
        broker?.expel(username)
        await store.write([{ op: 'delete', in: credentials, id: username }])
      })
      return { username, password, done }
    },
    profiles,
    ownProfiles: createOwnProfiles({ profiles, registry, rebind: hold }),
    addObserver: async (name) => {
      const username = parsePlugId(name)
      const known = await store.get<Credential>(credentials, username)
      if (known?.role === 'device') throw new WerenodeError('conflict', `"${username}" is the name of a device`)
      const password = generatePassword()
      const doc: Credential = {
        _id: username,
        hash: await hashPassword(password),
        role: 'observer',
        createdAt: clock().toISOString(),
      }
      await store.write([{ op: 'put', in: credentials, doc }])
      return { username, password }
    },
    alarms: async (limit = 50) => {
      await alarms.settled()
      return alarms.recent(limit)
    },
    mosquittoAccess: (plugId) => {
      const { plug } = actorOf(plugId)
      const access = registry.access(plug.credentialId)!
      return mosquittoAccess(plug.credentialId, access)
    },
  }
  return service
}
