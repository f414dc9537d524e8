import type { Told } from '../../src/profile/quantities.ts'

/** What a device says, as its maker documents it, and what it means; and what we say to it. */
export interface Transcript {
  readonly family: string
  readonly about: string
  readonly variables: Readonly<Record<string, string>>
  readonly channel?: number | 'all'
  readonly channels?: number
  /** `undefined` where the message must tell nothing. */
  readonly says: readonly (readonly [topic: string, payload: string, told: Told | undefined])[]
  readonly commands?: Readonly<
    Partial<
      Record<'on' | 'off' | 'refresh' | 'poll' | 'report' | 'safe' | 'limit', readonly (readonly [string, string])[]>
    >
  >
}

const sensor =
  '{"Time":"2021-10-26T17:28:45","ENERGY":{"TotalStartTime":"2019-12-14T12:22:26","Total":9098.245,"Yesterday":6822.685,"Today":2275.560,"Period":9,"Power":170,"ApparentPower":181,"ReactivePower":62,"Factor":0.94,"Voltage":221,"Current":0.819}}'

export const transcripts: readonly Transcript[] = [
  {
    family: 'tasmota',
    about: 'a plug with default topics',
    variables: { topic: 'tasmota_A1B2C3' },
    says: [
      ['tele/tasmota_A1B2C3/LWT', 'Online', { online: true }],
      ['tele/tasmota_A1B2C3/LWT', 'Offline', { online: false }],
      ['tele/tasmota_A1B2C3/SENSOR', sensor, { energy: 9_098_245, power: 170, voltage: 221, current: 0.819 }],
      ['stat/tasmota_A1B2C3/RESULT', '{"POWER":"ON"}', { on: true }],
      ['stat/tasmota_A1B2C3/POWER', 'OFF', { on: false }],
      ['stat/tasmota_A1B2C3/POWER1', 'ON', { on: true }],
      ['stat/tasmota_A1B2C3/RESULT', '{"PulseTime1":{"Set":1000,"Remaining":873}}', { deadManLeft: 873 }],
      ['stat/tasmota_A1B2C3/RESULT', '{"TelePeriod":300}', undefined],
      [
        'stat/tasmota_A1B2C3/STATUS8',
        '{"StatusSNS":{"Time":"2021-10-26T17:28:45","ENERGY":{"Total":1.500,"Power":0,"Voltage":230,"Current":0.000}}}',
        { energy: 1500, power: 0, voltage: 230, current: 0 },
      ],
      [
        'tele/tasmota_A1B2C3/STATE',
        '{"Time":"2021-10-26T17:28:45","Uptime":"0T00:10:09","Heap":26,"POWER":"ON","Wifi":{"AP":1,"SSId":"home","RSSI":78,"Signal":-61}}',
        { on: true, linkQuality: 78 },
      ],
      ['tele/tasmota_A1B2C3/SENSOR', sensor.slice(0, 60), undefined],
      ['tele/tasmota_OTHER/SENSOR', sensor, undefined],
    ],
    commands: {
      on: [
        ['cmnd/tasmota_A1B2C3/PulseTime1', '1000'],
        ['cmnd/tasmota_A1B2C3/POWER1', 'ON'],
      ],
      off: [['cmnd/tasmota_A1B2C3/POWER1', 'OFF']],
      refresh: [['cmnd/tasmota_A1B2C3/PulseTime1', '1000']],
      report: [['cmnd/tasmota_A1B2C3/TelePeriod', '60']],
      safe: [['cmnd/tasmota_A1B2C3/PowerOnState', '0']],
    },
  },
  {
    family: 'tasmota',
    about: 'the second outlet of a strip, with its own FullTopic and words',
    variables: { topic: 'strip', fullTopic: 'home/%topic%/%prefix%/', stateOn: 'EIN', stateOff: 'AUS' },
    channel: 2,
    channels: 2,
    says: [
      [
        'home/strip/tele/SENSOR',
        '{"ENERGY":{"Total":[1.25,7.5],"Power":[0,1320],"Voltage":230,"Current":[0.000,5.74]}}',
        { energy: 7500, power: 1320, voltage: 230, current: 5.74 },
      ],
      // One total for both outlets is nobody's.
      [
        'home/strip/tele/SENSOR',
        '{"ENERGY":{"Total":8.75,"Power":[0,1320],"Voltage":230}}',
        { power: 1320, voltage: 230 },
      ],
      ['home/strip/stat/RESULT', '{"POWER2":"EIN"}', { on: true }],
      ['home/strip/stat/RESULT', '{"POWER1":"EIN"}', undefined],
      ['home/strip/stat/POWER2', 'AUS', { on: false }],
    ],
    commands: { off: [['home/strip/cmnd/POWER2', 'OFF']] },
  },
  {
    family: 'tasmota',
    about: 'a three-phase meter taken as one',
    variables: { topic: 'three' },
    channel: 'all',
    channels: 3,
    says: [
      [
        'tele/three/SENSOR',
        '{"ENERGY":{"Total":[1,2,3],"Power":[100,200,300],"Voltage":[229,230,231],"Current":[1,1,1]}}',
        { energy: 6000, power: 600, voltage: 229, current: 3 },
      ],
    ],
  },
  {
    family: 'shelly-gen1',
    about: 'watt-minutes',
    variables: { id: 'shellyplug-s-A1B2C3' },
    says: [
      ['shellies/shellyplug-s-A1B2C3/online', 'true', { online: true }],
      ['shellies/shellyplug-s-A1B2C3/relay/0', 'on', { on: true, fault: '' }],
      ['shellies/shellyplug-s-A1B2C3/relay/0', 'overpower', { on: false, fault: 'overpower' }],
      ['shellies/shellyplug-s-A1B2C3/relay/0/power', '1843.20', { power: 1843.2 }],
      ['shellies/shellyplug-s-A1B2C3/relay/0/energy', '6000', { energy: 100 }],
      ['shellies/shellyplug-s-A1B2C3/temperature', '31.50', { temperature: 31.5 }],
      ['shellies/shellyplug-s-A1B2C3/overtemperature', '1', { fault: 'overtemperature' }],
      ['shellies/shellyplug-s-A1B2C3/relay/1/power', '12', undefined],
    ],
    commands: {
      on: [['shellies/shellyplug-s-A1B2C3/relay/0/command', 'on']],
      off: [['shellies/shellyplug-s-A1B2C3/relay/0/command', 'off']],
    },
  },
  {
    family: 'shelly-gen2',
    about: 'RPC notifications that hold changed fields only',
    variables: { prefix: 'shellyplusplugs-a1b2c3d4e5f6' },
    says: [
      ['shellyplusplugs-a1b2c3d4e5f6/online', 'true', { online: true }],
      [
        'shellyplusplugs-a1b2c3d4e5f6/events/rpc',
        '{"src":"shellyplusplugs-a1b2c3d4e5f6","dst":"shellyplusplugs-a1b2c3d4e5f6/events","method":"NotifyStatus","params":{"ts":1744214220.1,"switch:0":{"id":0,"aenergy":{"by_minute":[1520.5,0,0],"minute_ts":1744214220,"total":161.961}}}}',
        { energy: 161.961 },
      ],
      [
        'shellyplusplugs-a1b2c3d4e5f6/events/rpc',
        '{"method":"NotifyStatus","params":{"ts":1,"switch:0":{"id":0,"output":true,"source":"mqtt"}}}',
        { on: true },
      ],
      [
        'shellyplusplugs-a1b2c3d4e5f6/status/switch:0',
        '{"id":0,"source":"WS_in","output":false,"apower":0.0,"voltage":241.4,"freq":50.0,"current":0.0,"aenergy":{"total":161.961,"by_minute":[0,0,0],"minute_ts":1744214220},"temperature":{"tC":31.5,"tF":88.8},"errors":["overpower"]}',
        { on: false, power: 0, voltage: 241.4, current: 0, energy: 161.961, temperature: 31.5, fault: 'overpower' },
      ],
      ['werenode/P-1/rpc', '{"id":4,"src":"x","dst":"werenode/P-1","result":{"was_on":false}}', undefined],
      [
        'werenode/P-1/rpc',
        '{"id":5,"result":{"id":0,"output":true,"apower":2210.5,"aenergy":{"total":170},"timer_started_at":1744214220,"timer_duration":900}}',
        { on: true, power: 2210.5, energy: 170, deadManLeft: 900 },
      ],
      ['werenode/P-1/rpc', '{"id":6,"error":{"code":-103,"message":"Invalid argument"}}', undefined],
    ],
    commands: {
      on: [
        [
          'shellyplusplugs-a1b2c3d4e5f6/rpc',
          '{"id":7,"src":"werenode/P-1","method":"Switch.Set","params":{"id":0,"on":true,"toggle_after":900}}',
        ],
      ],
      off: [
        [
          'shellyplusplugs-a1b2c3d4e5f6/rpc',
          '{"id":7,"src":"werenode/P-1","method":"Switch.Set","params":{"id":0,"on":false}}',
        ],
      ],
    },
  },
  {
    family: 'zigbee2mqtt',
    about: 'kWh, a name with a slash, availability of both generations',
    variables: { name: 'garage/left' },
    says: [
      [
        'zigbee2mqtt/garage/left',
        '{"current":5.1,"energy":12.34,"linkquality":102,"power":1180,"state":"ON","voltage":231}',
        { energy: 12_340, power: 1180, voltage: 231, current: 5.1, on: true, linkQuality: 102 },
      ],
      ['zigbee2mqtt/garage/left/availability', '{"state":"online"}', { online: true }],
      ['zigbee2mqtt/garage/left/availability', 'offline', { online: false }],
      ['zigbee2mqtt/bridge/state', '{"state":"offline"}', { online: false }],
      ['zigbee2mqtt/bridge/state', '{"state":"online"}', undefined],
    ],
    commands: {
      on: [['zigbee2mqtt/garage/left/set', '{"state":"ON","on_time":900,"off_wait_time":0}']],
      off: [['zigbee2mqtt/garage/left/set', '{"state":"OFF"}']],
    },
  },
  {
    family: 'zigbee2mqtt',
    about: 'the second outlet of a double plug',
    variables: { name: 'double', suffix: '_l2' },
    says: [
      [
        'zigbee2mqtt/double',
        '{"state_l1":"OFF","state_l2":"ON","power_l2":40,"energy_l2":0.5}',
        { on: true, power: 40, energy: 500 },
      ],
    ],
    commands: { off: [['zigbee2mqtt/double/set', '{"state_l2":"OFF"}']] },
  },
  {
    family: 'esphome',
    about: 'one number a topic, its unit from the operator',
    variables: { prefix: 'garage-plug', energy: 'total_daily_energy', energyUnit: 'kWh' },
    says: [
      ['garage-plug/status', 'online', { online: true }],
      ['garage-plug/switch/relay/state', 'ON', { on: true }],
      ['garage-plug/sensor/power/state', '1234.5', { power: 1234.5 }],
      ['garage-plug/sensor/total_daily_energy/state', '1.234', { energy: 1234 }],
      ['garage-plug/sensor/power/state', 'nan', undefined],
    ],
    commands: { on: [['garage-plug/switch/relay/command', 'ON']] },
  },
  {
    family: 'openevse',
    about: 'milliamperes, tenths of a degree, total in kWh',
    variables: { base: 'openevse', announce: 'a1b2' },
    says: [
      [
        'openevse/announce/a1b2',
        '{"state":"connected","id":"x","name":"openevse-a1b2","mqtt":"openevse"}',
        { online: true },
      ],
      ['openevse/announce/a1b2', '{"state":"disconnected"}', { online: false }],
      ['openevse/state', '3', { on: true, plugged: true, fault: '' }],
      ['openevse/state', '254', { on: false, fault: '' }],
      ['openevse/state', '6', { on: false, fault: 'ground fault' }],
      ['openevse/amp', '15800', { current: 15.8 }],
      ['openevse/temp', '324', { temperature: 32.4 }],
      ['openevse/total_energy', '1234.56', { energy: 1_234_560 }],
      ['openevse/power', '3650', { power: 3650 }],
      ['openevse/vehicle', '0', { plugged: false }],
    ],
    commands: {
      off: [['openevse/override/set', '{"state":"disabled"}']],
      limit: [['openevse/override/set', '{"state":"active","charge_current":16}']],
    },
  },
  {
    family: 'go-e',
    about: 'one topic per key, older firmware with a leading slash',
    variables: { prefix: '/go-eCharger', serial: '123456' },
    says: [
      ['/go-eCharger/123456/car', '2', { plugged: true, fault: '' }],
      ['/go-eCharger/123456/car', '5', { fault: 'error' }],
      ['/go-eCharger/123456/alw', 'true', { on: true }],
      [
        '/go-eCharger/123456/nrg',
        '[230,231,229,2,15.9,0,0,3650,0,0,0,3650,99,0,0,0]',
        { power: 3650, voltage: 230, current: 15.9 },
      ],
      ['/go-eCharger/123456/eto', '1234567', { energy: 1_234_567 }],
      ['/go-eCharger/123456/tma', '[28.5,31.25]', { temperature: 31.25 }],
      ['/go-eCharger/123456/err', '0', { fault: '' }],
      ['/go-eCharger/123456/err', '3', { fault: 'error 3' }],
    ],
    commands: {
      off: [['/go-eCharger/123456/frc/set', '1']],
      limit: [['/go-eCharger/123456/amp/set', '16']],
    },
  },
  {
    family: 'generic',
    about: 'a device in JSON with a counter in watt-seconds',
    variables: {
      powerTopic: 'shed/meter',
      powerPath: 'p',
      energyTopic: 'shed/meter',
      energyPath: 'total.e',
      energyUnit: 'Ws',
      stateTopic: 'shed/relay',
      onWord: '1',
      offWord: '0',
      commandTopic: 'shed/relay/set',
      onPayload: '{"relay": 1}',
      offPayload: '0',
    },
    says: [
      ['shed/meter', '{"p":"100","total":{"e":7200}}', { power: 100, energy: 2 }],
      ['shed/relay', '1', { on: true }],
    ],
    commands: {
      on: [['shed/relay/set', '{"relay": 1}']],
      off: [['shed/relay/set', '0']],
      refresh: [],
    },
  },
]
