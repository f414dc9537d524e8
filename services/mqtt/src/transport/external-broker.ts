import { type DeviceTransport, WerenodeError } from '@werenode/core'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import type { Logger } from 'pino'
import { createRouter } from './router.ts'

export interface ExternalBrokerOptions {
  /** `mqtt://host:1883` or `mqtts://host:8883`. */
  readonly url: string
  readonly username?: string
  readonly password?: string
  /** PEM, for TLS and client certificates. */
  readonly ca?: string | Buffer
  readonly cert?: string | Buffer
  readonly key?: string | Buffer
  /** MQTT version to speak. Default 3.1.1, which every broker knows, NATS' listener too. */
  readonly version?: '3.1.1' | '5'
  /** Whether the broker knows `$share/group/filter` (Mosquitto, EMQX, HiveMQ do; NATS' listener and aedes do not). Default false. */
  readonly sharedSubscriptions?: boolean
  /** With a name the broker keeps what comes while we are away. */
  readonly clientId?: string
  /** First pause before connecting again, ms. Default 1,000. */
  readonly reconnectMs?: number
  readonly log: Logger
}

/**
 * Devices behind a broker of your own: Mosquitto, EMQX, HiveMQ, NATS with its MQTT listener. That broker checks credentials and
 * access lists (`mosquittoAccess` writes them). A message is acknowledged to it after its reader has stored it. While the broker is
 * away publishing fails at once: a command must never wait in a queue.
 */
export const connectExternalBroker = async (options: ExternalBrokerOptions): Promise<DeviceTransport> => {
  const { log, sharedSubscriptions = false } = options
  const router = createRouter()
  const settings: IClientOptions = {
    protocolVersion: options.version === '5' ? 5 : 4,
    clean: options.clientId === undefined,
    ...(options.clientId === undefined ? {} : { clientId: options.clientId }),
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(options.cert === undefined ? {} : { cert: options.cert }),
    ...(options.key === undefined ? {} : { key: options.key }),
    reconnectPeriod: options.reconnectMs ?? 1_000,
    connectTimeout: 10_000,
    resubscribe: true,
    queueQoSZero: false,
  }
  const client: MqttClient = mqtt.connect(options.url, settings)
  client.on('error', (error) => log.warn({ err: error }, 'The MQTT broker answered with an error'))
  client.on('offline', () => log.warn({}, 'The MQTT broker is away; trying again'))
  // What was under way when the connection broke is given up: repeated later, it could switch on a plug nobody wants on any more.
  const inFlight = new Set<number>()
  client.on('close', () => {
    for (const messageId of [...inFlight]) client.removeOutgoingMessage(messageId)
  })
  client.handleMessage = (packet, done) => {
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    const work = router.route({ topic: packet.topic, payload, retained: packet.retain === true })
    if (work === undefined) return done()
    work.then(
      () => done(),
      (error: unknown) => {
        // Not acknowledged: the broker sends it again after the next connection, at the latest.
        log.error({ err: error, topic: packet.topic }, 'A message could not be taken')
        client.reconnect()
      },
    )
  }
  await firstConnection(client, options.url)

  return {
    subscribe: async (pattern, { group }, handler) => {
      const filter = group !== undefined && sharedSubscriptions ? `$share/${group}/${pattern}` : pattern
      const { isFirst } = router.add(pattern, group, handler)
      if (isFirst) {
        const granted = await client.subscribeAsync(filter, { qos: 1 })
        if (granted.some(({ qos }) => (qos as number) >= 128)) {
          router.remove(pattern, group, handler)
          throw new WerenodeError('not-allowed', `The MQTT broker does not let us listen to ${filter}`, {
            hint: 'Give the account of the house read access to the topics of its devices.',
          })
        }
      }
      return async () => {
        if (router.remove(pattern, group, handler) && client.connected) await client.unsubscribeAsync(filter)
      }
    },
    publish: async (topic, payload) => {
      if (!client.connected)
        throw new WerenodeError('no-responder', 'The MQTT broker is away', {
          hint: 'Nothing was sent. The house connects again by itself.',
        })
      // The broker's acknowledgement is not waited for: acknowledgements come in order behind messages whose readers may be waiting
      // for this very publish. What a command brought, the device tells.
      client.publish(topic, Buffer.from(payload), { qos: 1, retain: false }, (error) => {
        inFlight.delete(messageId)
        if (error) log.warn({ err: error, topic }, 'The MQTT broker went away before it had a message')
      })
      const messageId = client.getLastMessageId()
      inFlight.add(messageId)
    },
    close: async () => client.endAsync(true),
  }
}

const firstConnection = (client: MqttClient, url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(new Error('no answer within 10 s')), 10_000)
    const fail = (error: Error): void => {
      clearTimeout(timer)
      client.end(true)
      const { host } = new URL(url)
      reject(
        new WerenodeError('no-responder', `The MQTT broker at ${host} cannot be reached: ${error.message}`, {
          hint: 'Is it running, and are address, user name and password right?',
          cause: error,
        }),
      )
    }
    client.once('error', fail)
    client.once('connect', () => {
      clearTimeout(timer)
      client.off('error', fail)
      resolve()
    })
  })
