import type { CommandSpec } from '../../terminal/arguments.ts'
import { operatorOptions } from '../node-options.ts'

export const plugSpec = {
  name: 'plug',
  usage: 'plug add|list|show|watch|alarms|rekey|remove|families|record|teach|observer [ID]',
  words: "An operator's smart plugs and small EVSEs over MQTT: let one in, see what they measure.",
  most: 2,
  least: 1,
  options: {
    ...operatorOptions,
    party: { kind: 'text', value: 'PARTY', words: 'whose plugs (FR*WRN)' },
    family: { kind: 'text', value: 'NAME', words: 'add: kind of device; `./werenode plug families` lists them' },
    set: { kind: 'text', value: 'NAME=VALUE,...', words: 'add: what its family asks for, e.g. topic=tasmota_A1B2C3' },
    rated: { kind: 'number', value: 'W', words: 'add: what may be drawn for hours (2300)' },
    label: { kind: 'text', value: 'WORDS', words: 'add: how you call it' },
    evse: { kind: 'text', value: 'EVSE', words: 'add: put it on the map under this EVSE id; with --at and --name' },
    at: { kind: 'text', value: 'LAT,LON', words: 'add: where it is, degrees' },
    name: { kind: 'text', value: 'WORDS', words: 'add: name of the place' },
    address: { kind: 'text', value: 'WORDS', words: 'add: street and number' },
    city: { kind: 'text', value: 'WORDS', words: 'add: city' },
    price: { kind: 'number', value: 'EUR', words: 'add: price per kWh, VAT included; without it charging is free' },
    wait: {
      kind: 'number',
      value: 'S',
      words: 'add: how long to wait for its first reading (300); record: how long to listen (60)',
    },
    'no-wait': { kind: 'flag', words: 'add: do not wait for it' },
    topic: { kind: 'text', value: 'PREFIX', words: "record: the beginning of the device's topics, e.g. shed/plug" },
    limit: { kind: 'number', value: 'N', words: 'show, alarms: how many (10)' },
  },
  examples: [
    './werenode plug add GARAGE --family tasmota --set topic=tasmota_A1B2C3',
    "./werenode plug add GARAGE --family tasmota --set topic=tasmota_A1B2C3 --evse 'FR*WRN*E000100' --at 48.11,-1.68 --name Garage --price 0.30",
    './werenode plug show GARAGE',
    './werenode plug watch',
    './werenode plug record --topic shed/plug',
    './werenode plug teach my-meter.json',
    './werenode plug observer HOME-ASSISTANT',
  ],
} as const satisfies CommandSpec
