import type { DeviceTransport, Unsubscribe } from '@werenode/core'
import type { Logger } from 'pino'
import type { Live, PlugActor } from '../plug/actor.ts'

/**
 * Shows our plugs in a household's Home Assistant. Discovery is published when Home Assistant says that it has started (its birth
 * message) and when a plug is added; nothing is retained and nothing is sent before somebody listens.
 */
export interface HomeAssistant {
  start(): Promise<void>
  stop(): Promise<void>
  announce(plugId: string): void
  /** A Home Assistant has said that it is there. */
  isListening(): boolean
  tell(live: Live): void
}

/** At most one state a plug in this time, ms. */
const stateEveryMs = 5_000

export const createHomeAssistant = (deps: {
  readonly transport: () => DeviceTransport
  readonly plugs: () => Iterable<PlugActor>
  readonly log: Logger
}): HomeAssistant => {
  const { log } = deps
  let isListening = false
  let undo: Unsubscribe | undefined
  const toldAt = new Map<string, number>()

  const publish = (topic: string, payload: unknown): void => {
    deps
      .transport()
      .publish(topic, Buffer.from(JSON.stringify(payload)))
      .catch((error: unknown) => log.debug({ err: error, topic }, 'Home Assistant could not be told'))
  }
  const announce = (actor: PlugActor): void => {
    if (!isListening) return
    for (const { topic, config } of discoveryOf(actor)) publish(topic, config)
  }

  return {
    start: async () => {
      undo = await deps.transport().subscribe('homeassistant/status', {}, async ({ payload }) => {
        if (Buffer.from(payload).toString() !== 'online') return
        isListening = true
        for (const actor of deps.plugs()) announce(actor)
      })
    },
    stop: async () => {
      await undo?.()
    },
    isListening: () => isListening,
    announce: (plugId) => {
      for (const actor of deps.plugs()) if (actor.plugId === plugId) announce(actor)
    },
    tell: (live) => {
      if (!isListening) return
      const now = performance.now()
      if (now - (toldAt.get(live.plugId) ?? Number.NEGATIVE_INFINITY) < stateEveryMs) return
      toldAt.set(live.plugId, now)
      publish(stateTopic(live.plugId), {
        power: live.powerW ?? null,
        energy: live.registerWh ?? null,
        temperature: live.temperatureC ?? null,
        status: live.status ?? 'Unavailable',
      })
    },
  }
}

const stateTopic = (plugId: string): string => `werenode/state/${plugId}`

/** Discovery messages of a plug, as Home Assistant's MQTT integration reads them. No command topic: sessions are paid for. */
export const discoveryOf = ({ plugId, plug, device }: Pick<PlugActor, 'plugId' | 'plug' | 'device'>) => {
  const sensor = (name: string, more: Readonly<Record<string, string>>) => ({
    topic: `homeassistant/sensor/werenode_${plugId}/${name}/config`,
    config: {
      name,
      unique_id: `werenode_${plugId}_${name}`,
      state_topic: stateTopic(plugId),
      value_template: `{{ value_json.${name} }}`,
      ...more,
      device: { identifiers: [`werenode_${plugId}`], name: plug.label ?? plugId, model: device.profile.title },
    },
  })
  return [
    sensor('power', { unit_of_measurement: 'W', device_class: 'power', state_class: 'measurement' }),
    sensor('energy', { unit_of_measurement: 'Wh', device_class: 'energy', state_class: 'total_increasing' }),
    sensor('status', {}),
  ]
}
