import { type MakeVoice, type PlugView, rounded } from '../voice.ts'

/** First generation: a topic a figure, energy in whole watt-minutes. */
export const shellyGen1: MakeVoice = ({ id = 'shellyplug-s-SIM' }) => {
  const root = `shellies/${id}`
  const relay = ({ on }: PlugView) => [{ topic: `${root}/relay/0`, payload: on ? 'on' : 'off' }]
  return {
    will: { topic: `${root}/online`, payload: 'false', retain: true },
    subscribe: [`${root}/command`, `${root}/relay/0/command`, 'shellies/command'],
    hello: (view) => [{ topic: `${root}/online`, payload: 'true', retain: true }, ...relay(view)],
    report: (view) => [
      ...relay(view),
      { topic: `${root}/relay/0/power`, payload: view.powerW.toFixed(2) },
      { topic: `${root}/relay/0/energy`, payload: String(Math.floor(view.counterWh * 60) % 2 ** 32) },
      { topic: `${root}/temperature`, payload: view.temperatureC.toFixed(2) },
      { topic: `${root}/overtemperature`, payload: view.temperatureC > 90 ? '1' : '0' },
    ],
    switched: relay,
    hear: (topic, payload) => {
      if (topic === `${root}/relay/0/command`) return { relay: payload === 'on', report: true }
      return payload === 'update' ? { report: true } : undefined
    },
  }
}

/** Second generation and later: RPC, notifications with changed fields only, energy in Wh. */
export const shellyGen2: MakeVoice = ({ prefix = 'shellyplusplugs-sim' }) => {
  const status = (view: PlugView) => ({
    id: 0,
    source: 'mqtt',
    output: view.on,
    apower: rounded(view.powerW, 1),
    voltage: rounded(view.voltageV, 1),
    current: rounded(view.powerW / view.voltageV, 3),
    aenergy: {
      total: rounded(view.counterWh, 3),
      by_minute: [rounded((view.powerW * 1000) / 60, 3), 0, 0],
      minute_ts: 0,
    },
    temperature: { tC: rounded(view.temperatureC, 1), tF: rounded(view.temperatureC * 1.8 + 32, 1) },
    ...(view.timerS > 0 ? { timer_started_at: 0, timer_duration: Math.ceil(view.timerS) } : {}),
  })
  const notify = (part: Record<string, unknown>) => ({
    topic: `${prefix}/events/rpc`,
    payload: JSON.stringify({
      src: prefix,
      dst: `${prefix}/events`,
      method: 'NotifyStatus',
      params: { ts: Date.now() / 1000, 'switch:0': { id: 0, ...part } },
    }),
  })
  return {
    will: { topic: `${prefix}/online`, payload: 'false', retain: true },
    subscribe: [`${prefix}/rpc`, `${prefix}/command`],
    hello: (view) => [{ topic: `${prefix}/online`, payload: 'true', retain: true }, notify(status(view))],
    report: (view) => {
      const { apower, aenergy, temperature } = status(view)
      return [notify({ apower }), notify({ aenergy }), notify({ temperature })]
    },
    switched: (view) => [notify({ output: view.on, source: 'mqtt' })],
    hear: (topic, payload) => {
      if (topic !== `${prefix}/rpc`) return undefined
      const { id, src, method, params } = JSON.parse(payload) as {
        id: number
        src: string
        method: string
        params?: { on?: boolean; toggle_after?: number }
      }
      const answer = (result: unknown) => [
        { topic: `${src}/rpc`, payload: JSON.stringify({ id, src: prefix, dst: src, result }) },
      ]
      if (method === 'Switch.Set')
        return {
          relay: params?.on === true,
          timerS: params?.toggle_after ?? 0,
          answer: () => answer({ was_on: params?.on !== true }),
        }
      if (method === 'Switch.GetStatus') return { answer: (view) => answer(status(view)) }
      return { answer: () => answer({ restart_required: false }) }
    },
  }
}
