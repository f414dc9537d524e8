import { describe, expect, it } from 'vitest'
import { bindDevice } from '../profile/device.ts'
import { shippedProfiles } from '../profile/families.ts'
import { parseProfile } from '../profile/parse.ts'
import { readDiscovery } from './discovery.ts'
import { draftProfile } from './draft-profile.ts'
import { discoveryOf } from './home-assistant.ts'

const message = (topic: string, payload: unknown) => ({
  topic,
  payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
})
const bytes = (list: readonly { topic: string; payload: string }[]) =>
  list.map(({ topic, payload }) => ({ topic, payload: Buffer.from(payload) }))

const configs = [
  message('homeassistant/sensor/shed/power/config', {
    '~': 'shed',
    dev_cla: 'power',
    unit_of_meas: 'W',
    stat_t: '~/sensor/power/state',
    dev: { name: 'Shed plug' },
  }),
  message('homeassistant/sensor/shed/energy/config', {
    device_class: 'energy',
    unit_of_measurement: 'kWh',
    state_topic: 'shed/sensor/total/state',
    value_template: "{{ value_json.meter['total'] | float }}",
  }),
  message('homeassistant/switch/shed/relay/config', {
    stat_t: 'shed/switch/relay/state',
    cmd_t: 'shed/switch/relay/command',
    pl_on: 'ON',
    pl_off: 'OFF',
    avty_t: 'shed/status',
    device: { name: 'Shed plug' },
  }),
]

describe('Home Assistant discovery', () => {
  it('gives topics, paths and units of a device', () => {
    const found = readDiscovery(bytes(configs))!
    expect(found.name).toBe('Shed plug')
    expect(found.variables).toMatchObject({
      powerTopic: 'shed/sensor/power/state',
      powerUnit: 'W',
      energyTopic: 'shed/sensor/total/state',
      energyPath: 'meter.total',
      energyUnit: 'kWh',
      commandTopic: 'shed/switch/relay/command',
      availabilityTopic: 'shed/status',
    })
    const device = bindDevice(shippedProfiles.get('generic')!, { plugId: 'P', variables: found.variables })
    expect(device.reads.has('shed/sensor/total/state')).toBe(true)
  })

  it('is read in the form for whole devices too', () => {
    const found = readDiscovery(
      bytes([
        message('homeassistant/device/shed/config', {
          dev: { name: 'Shed' },
          cmps: {
            a: { p: 'sensor', dev_cla: 'power', unit_of_meas: 'kW', stat_t: 'shed/p' },
            b: { p: 'switch', cmd_t: 'shed/set', stat_t: 'shed/s' },
          },
        }),
      ]),
    )
    expect(found?.variables).toMatchObject({ powerTopic: 'shed/p', powerUnit: 'kW', commandTopic: 'shed/set' })
  })

  it('is not read from what is none', () => {
    expect(readDiscovery(bytes([message('homeassistant/sensor/x/config', 'nonsense')]))).toBeUndefined()
  })

  it('shows our plugs, without a way to switch them', () => {
    const device = bindDevice(shippedProfiles.get('tasmota')!, { plugId: 'P1', variables: { topic: 'x' } })
    const shown = discoveryOf({ plugId: 'P1', device, plug: { label: 'Garage' } as never })
    expect(shown.map(({ topic }) => topic)).toContain('homeassistant/sensor/werenode_P1/energy/config')
    expect(JSON.stringify(shown)).not.toContain('command_topic')
  })
})

describe('a recording', () => {
  it.each([
    ['tasmota', [message('tele/plug_1/SENSOR', { ENERGY: { Total: 1, Power: 2 } })], { topic: 'plug_1' }],
    ['shelly-gen1', [message('shellies/s1/relay/0/power', '12.5')], { id: 's1' }],
    ['shelly-gen2', [message('s2/status/switch:0', { apower: 1, output: true })], { prefix: 's2' }],
    ['zigbee2mqtt', [message('zigbee2mqtt/garage/left', { state: 'ON', power: 3 })], { name: 'garage/left' }],
    ['go-e', [message('go-eCharger/123456/eto', '12')], { serial: '123456' }],
    ['esphome', [message('p/switch/relay/state', 'ON'), message('p/sensor/power/state', '4')], { switch: 'relay' }],
  ])('of a %s device names its family', (family, heard, variables) => {
    const [best] = draftProfile('p', heard).suggestions
    expect(best).toMatchObject({ family, variables })
  })

  it('of an unknown device becomes a draft that asks for units instead of guessing them', () => {
    const { draft, questions, suggestions } = draftProfile('shed/plug', [
      message('shed/plug/meter', { watt: 12, kwh: 3.4 }),
      message('shed/plug/relay', 'ON'),
    ])
    expect(suggestions).toEqual([])
    expect(questions.some((question) => question.includes('Wh or kWh'))).toBe(true)
    const profile = parseProfile(draft)
    const device = bindDevice(profile, { plugId: 'P', variables: { energyUnit: 'kWh' } })
    expect([...device.canRead].sort()).toEqual(['energy', 'on', 'power'])
  })

  it('of something else says so', () => {
    expect(draftProfile('x', [message('x/y', 'hello')])).toMatchObject({ draft: undefined })
  })
})
