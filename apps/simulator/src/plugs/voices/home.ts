import { type MakeVoice, onOff, type PlugView, rounded } from '../voice.ts'

/** A plug behind Zigbee2MQTT: one JSON state, kWh in steps of 0.01. */
export const zigbee2mqtt: MakeVoice = ({ base = 'zigbee2mqtt', name = 'sim' }) => {
  const root = `${base}/${name}`
  const state = (view: PlugView) => [
    {
      topic: root,
      payload: JSON.stringify({
        current: rounded(view.powerW / view.voltageV, 2),
        energy: rounded(Math.floor(view.counterWh / 10) / 100, 2),
        linkquality: 102,
        power: Math.round(view.powerW),
        state: onOff(view.on),
        voltage: Math.round(view.voltageV),
        device_temperature: Math.round(view.temperatureC),
      }),
    },
  ]
  return {
    will: { topic: `${root}/availability`, payload: '{"state":"offline"}', retain: true },
    subscribe: [`${root}/set`, `${root}/get`],
    hello: (view) => [{ topic: `${root}/availability`, payload: '{"state":"online"}', retain: true }, ...state(view)],
    report: state,
    switched: state,
    hear: (topic, payload) => {
      if (topic === `${root}/get`) return { answer: state }
      const { state: wanted, on_time: timerS } = JSON.parse(payload) as { state?: string; on_time?: number }
      if (wanted === undefined) return undefined
      return { relay: wanted === 'ON', ...(timerS === undefined ? {} : { timerS }), answer: state }
    },
  }
}

/** ESPHome: one number a topic, without its unit. */
export const esphome: MakeVoice = ({
  prefix = 'sim',
  switch: relay = 'relay',
  power = 'power',
  energy,
  energyUnit,
  temperature,
}) => {
  const state = ({ on }: PlugView) => [{ topic: `${prefix}/switch/${relay}/state`, payload: onOff(on), retain: true }]
  return {
    will: { topic: `${prefix}/status`, payload: 'offline', retain: true },
    subscribe: [`${prefix}/switch/${relay}/command`],
    hello: (view) => [{ topic: `${prefix}/status`, payload: 'online', retain: true }, ...state(view)],
    report: (view) => [
      ...state(view),
      { topic: `${prefix}/sensor/${power}/state`, payload: view.powerW.toFixed(1) },
      ...(energy === undefined
        ? []
        : [
            {
              topic: `${prefix}/sensor/${energy}/state`,
              payload: energyUnit === 'kWh' ? (view.counterWh / 1000).toFixed(4) : view.counterWh.toFixed(2),
            },
          ]),
      ...(temperature === undefined
        ? []
        : [{ topic: `${prefix}/sensor/${temperature}/state`, payload: view.temperatureC.toFixed(1) }]),
    ],
    switched: state,
    hear: (_, payload) => ({ relay: payload === 'ON', report: true }),
  }
}

/** A home-made device: JSON on one topic, words on another. */
export const generic: MakeVoice = (names) => {
  const state = ({ on }: PlugView) => [
    { topic: names.stateTopic!, payload: on ? (names.onWord ?? 'ON') : (names.offWord ?? 'OFF') },
  ]
  return {
    will: { topic: names.availabilityTopic ?? `${names.stateTopic}/availability`, payload: 'offline', retain: true },
    subscribe: [names.commandTopic!],
    hello: (view) => [
      ...(names.availabilityTopic === undefined
        ? []
        : [{ topic: names.availabilityTopic, payload: 'online', retain: true }]),
      ...state(view),
    ],
    report: (view) => [
      ...state(view),
      { topic: names.powerTopic!, payload: JSON.stringify({ [names.powerPath ?? 'power']: view.powerW }) },
    ],
    switched: state,
    hear: (_, payload) => ({ relay: payload === (names.onPayload ?? 'ON'), report: true }),
  }
}
