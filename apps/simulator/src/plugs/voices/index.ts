import type { PlugFamily } from '../options.ts'
import type { MakeVoice } from '../voice.ts'
import { goE, openevse } from './evse.ts'
import { esphome, generic, zigbee2mqtt } from './home.ts'
import { shellyGen1, shellyGen2 } from './shelly.ts'
import { tasmota } from './tasmota.ts'

export const voices: Readonly<Record<PlugFamily, MakeVoice>> = {
  tasmota,
  'shelly-gen1': shellyGen1,
  'shelly-gen2': shellyGen2,
  zigbee2mqtt,
  esphome,
  openevse,
  'go-e': goE,
  generic,
}
