import { type MakeVoice, onOff, type PlugView, rounded } from '../voice.ts'

/** Tasmota: kWh with three decimals, PulseTime in tenths of a second up to 111 and in seconds plus 100 above. */
export const tasmota: MakeVoice = ({ topic = 'tasmota_SIM', fullTopic = '%prefix%/%topic%/' }) => {
  const under = (prefix: string) => fullTopic.replace('%prefix%', prefix).replace('%topic%', topic)
  const [cmnd, stat, tele] = [under('cmnd'), under('stat'), under('tele')]
  const energy = (view: PlugView) => ({
    Time: new Date().toISOString().slice(0, 19),
    ENERGY: {
      TotalStartTime: '2025-01-01T00:00:00',
      Total: rounded(view.counterWh / 1000, 3),
      Yesterday: 0,
      Today: rounded(view.counterWh / 1000, 3),
      Power: Math.round(view.powerW),
      Voltage: Math.round(view.voltageV),
      Current: rounded(view.powerW / view.voltageV, 3),
    },
    ESP32: { Temperature: rounded(view.temperatureC, 1) },
    TempUnit: 'C',
  })
  const state = (view: PlugView) => [
    { topic: `${stat}RESULT`, payload: JSON.stringify({ POWER: onOff(view.on) }) },
    { topic: `${stat}POWER`, payload: onOff(view.on) },
  ]
  return {
    will: { topic: `${tele}LWT`, payload: 'Offline', retain: true },
    subscribe: [`${cmnd}#`],
    hello: (view) => [{ topic: `${tele}LWT`, payload: 'Online', retain: true }, ...state(view)],
    report: (view) => [
      { topic: `${tele}STATE`, payload: JSON.stringify({ POWER: onOff(view.on), Wifi: { RSSI: 82, Signal: -59 } }) },
      { topic: `${tele}SENSOR`, payload: JSON.stringify(energy(view)) },
    ],
    switched: state,
    hear: (heard, payload) => {
      const command = heard.slice(cmnd.length).toUpperCase()
      if (/^POWER1?$/.test(command))
        return payload === '' || payload === '?'
          ? { answer: state }
          : { relay: /^(ON|1|TRUE)$/i.test(payload), answer: state }
      if (command === 'PULSETIME1') {
        const value = Number(payload)
        return {
          timerS: value <= 111 ? value / 10 : value - 100,
          answer: ({ timerS }) => [
            {
              topic: `${stat}RESULT`,
              payload: JSON.stringify({ PulseTime1: { Set: value, Remaining: Math.ceil(timerS) } }),
            },
          ],
        }
      }
      if (command === 'STATUS')
        return {
          answer: (view) => [
            { topic: `${stat}STATUS${payload}`, payload: JSON.stringify({ StatusSNS: energy(view) }) },
          ],
        }
      if (command === 'TELEPERIOD') return { reportS: Math.max(10, Number(payload)), report: true }
      return undefined
    },
  }
}
