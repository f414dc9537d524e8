import esphome from './families/esphome.json' with { type: 'json' }
import generic from './families/generic.json' with { type: 'json' }
import goE from './families/go-e.json' with { type: 'json' }
import openevse from './families/openevse.json' with { type: 'json' }
import shellyGen1 from './families/shelly-gen1.json' with { type: 'json' }
import shellyGen2 from './families/shelly-gen2.json' with { type: 'json' }
import tasmota from './families/tasmota.json' with { type: 'json' }
import zigbee2mqtt from './families/zigbee2mqtt.json' with { type: 'json' }
import { parseProfile } from './parse.ts'
import type { DeviceProfile } from './schema.ts'

const shipped = [tasmota, shellyGen1, shellyGen2, zigbee2mqtt, esphome, openevse, goE, generic].map(parseProfile)

/** The profiles that come with the house. An operator's own are kept in the store beside them. */
export const shippedProfiles: ReadonlyMap<string, DeviceProfile> = new Map(
  shipped.map((profile) => [profile.family, profile]),
)
