import { type MakeVoice, type PlugView, rounded } from '../voice.ts'

/** OpenEVSE's gateway: everything retained, mA, tenths of a degree, total in kWh. */
export const openevse: MakeVoice = ({ base = 'openevse', announce = 'sim' }) => {
  const code = ({ on, plugged, powerW }: PlugView) => (!on ? 254 : powerW > 0 ? 3 : plugged ? 2 : 1)
  const keep = (key: string, value: unknown) => ({ topic: `${base}/${key}`, payload: String(value), retain: true })
  const state = (view: PlugView) => [keep('state', code(view)), keep('vehicle', view.plugged ? 1 : 0)]
  return {
    will: { topic: `openevse/announce/${announce}`, payload: '{"state":"disconnected"}', retain: true },
    subscribe: [`${base}/override/set`, `${base}/limit/set`, `${base}/claim/set`],
    hello: (view) => [
      {
        topic: `openevse/announce/${announce}`,
        payload: JSON.stringify({ state: 'connected', id: announce, name: `openevse-${announce}`, mqtt: base }),
        retain: true,
      },
      ...state(view),
    ],
    report: (view) => [
      ...state(view),
      keep('amp', Math.round((view.powerW / view.voltageV) * 1000)),
      keep('voltage', Math.round(view.voltageV)),
      keep('power', Math.round(view.powerW)),
      keep('temp', Math.round(view.temperatureC * 10)),
      keep('total_energy', rounded(view.counterWh / 1000, 3)),
    ],
    switched: state,
    hear: (topic, payload) => {
      const order = JSON.parse(payload) as { state?: string; type?: string; value?: number }
      if (topic === `${base}/limit/set`) return { timerS: (order.value ?? 0) * 60 }
      const answer = () => [keep('override', payload)]
      return { relay: order.state === 'active', report: true, answer }
    },
  }
}

/** go-eCharger: a topic a key, figures in an array, total in whole Wh. */
export const goE: MakeVoice = ({ prefix = 'go-eCharger', serial = '000001' }) => {
  const tell = (key: string, value: unknown) => ({
    topic: `${prefix}/${serial}/${key}`,
    payload: JSON.stringify(value),
  })
  const state = (view: PlugView) => [
    tell('car', view.powerW > 0 ? 2 : view.plugged ? (view.on ? 3 : 4) : 1),
    tell('alw', view.on),
    tell('err', 0),
  ]
  return {
    will: tell('offline', true),
    subscribe: [`${prefix}/${serial}/+/set`],
    hello: state,
    report: (view) => [
      ...state(view),
      tell('nrg', [
        230,
        230,
        230,
        1,
        rounded(view.powerW / 230, 1),
        0,
        0,
        rounded(view.powerW, 0),
        0,
        0,
        0,
        rounded(view.powerW, 0),
        99,
        0,
        0,
        0,
      ]),
      tell('eto', Math.floor(view.counterWh)),
      tell('tma', [rounded(view.temperatureC, 2), rounded(view.temperatureC - 1, 2)]),
    ],
    switched: state,
    hear: (topic, payload) => {
      const key = topic.split('/').at(-2)
      const answer = () => [tell(`${key}/result`, true)]
      return key === 'frc' ? { relay: payload === '2', report: true, answer } : { answer }
    },
  }
}
