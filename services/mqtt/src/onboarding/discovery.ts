import { parsePayload } from '../profile/payload-path.ts'

/** What Home Assistant discovery tells of a device, as settings of the generic profile. */
export interface Discovered {
  /** Variables of the profile `generic`. */
  readonly variables: Readonly<Record<string, string>>
  readonly name: string | undefined
}

/** Short names of Home Assistant's MQTT discovery. */
const abbreviations: Readonly<Record<string, string>> = {
  stat_t: 'state_topic',
  cmd_t: 'command_topic',
  avty_t: 'availability_topic',
  val_tpl: 'value_template',
  stat_val_tpl: 'state_value_template',
  unit_of_meas: 'unit_of_measurement',
  dev_cla: 'device_class',
  pl_on: 'payload_on',
  pl_off: 'payload_off',
  stat_on: 'state_on',
  stat_off: 'state_off',
  pl_avail: 'payload_available',
  pl_not_avail: 'payload_not_available',
  dev: 'device',
  p: 'platform',
}

type Config = Readonly<Record<string, unknown>>

/** Is this the discovery of an entity or, in the newer form, of a whole device? */
export const isDiscovery = (topic: string): boolean => /^homeassistant\/.+\/config$/.test(topic)

/** Reads the discovery messages of one device. Undefined when they show no power and no switch. */
export const readDiscovery = (
  messages: readonly { readonly topic: string; readonly payload: Uint8Array }[],
): Discovered | undefined => {
  const entities = messages.flatMap(({ topic, payload }) => entitiesOf(topic, parsePayload(payload)))
  const byClass = (wanted: string): Config | undefined =>
    entities.find((entity) => entity.component === 'sensor' && entity.device_class === wanted)
  const power = byClass('power')
  const energy = byClass('energy')
  const temperature = byClass('temperature')
  const relay = entities.find((entity) => entity.component === 'switch')
  if (!power?.state_topic || !relay?.command_topic) return undefined
  const unit = text(energy?.unit_of_measurement)
  const variables: Record<string, string | undefined> = {
    powerTopic: text(power.state_topic),
    powerPath: pathOf(power),
    powerUnit: text(power.unit_of_measurement),
    ...(unit === undefined
      ? {}
      : { energyTopic: text(energy?.state_topic), energyPath: pathOf(energy!), energyUnit: unit }),
    stateTopic: text(relay.state_topic),
    statePath: pathOf(relay),
    onWord: text(relay.state_on) ?? text(relay.payload_on),
    offWord: text(relay.state_off) ?? text(relay.payload_off),
    commandTopic: text(relay.command_topic),
    onPayload: text(relay.payload_on),
    offPayload: text(relay.payload_off),
    availabilityTopic: text(relay.availability_topic),
    availableWord: text(relay.payload_available),
    unavailableWord: text(relay.payload_not_available),
    ...(temperature === undefined
      ? {}
      : { temperatureTopic: text(temperature.state_topic), temperaturePath: pathOf(temperature) }),
  }
  const device = relay.device as Config | undefined
  return {
    variables: Object.fromEntries(
      Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    name: text(device?.name),
  }
}

const entitiesOf = (topic: string, payload: unknown): readonly Config[] => {
  const config = expanded(payload)
  if (config === undefined) return []
  const component = topic.split('/')[1]
  if (component !== 'device') return [{ ...config, component }]
  const parts = (config.components ?? config.cmps) as Config | undefined
  const { components: _, cmps: __, ...shared } = config
  return Object.values(parts ?? {}).flatMap((part) => {
    const entity = expanded(part)
    return entity === undefined ? [] : [{ ...shared, ...entity, component: entity.platform }]
  })
}

/** Long names, and the base topic `~` put in its place. */
const expanded = (payload: unknown): Config | undefined => {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) return undefined
  const given = payload as Config
  const base = typeof given['~'] === 'string' ? given['~'] : undefined
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      Object.hasOwn(abbreviations, name) ? abbreviations[name]! : name,
      base !== undefined && typeof value === 'string' && (name.endsWith('_t') || name.endsWith('_topic'))
        ? value.replace(/^~/, base).replace(/~$/, base)
        : value,
    ]),
  )
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

/** `{{ value_json.ENERGY.Power }}` or `{{ value_json['power'] }}`; other templates are code and are left to a person. */
const pathOf = (entity: Config): string | undefined => {
  const template = text(entity.value_template) ?? text(entity.state_value_template)
  if (template === undefined) return ''
  const match = /^\s*\{\{\s*value_json((?:\.\w+|\[['"][^'"\]]+['"]\])+)\s*(?:\|[^}]*)?\}\}\s*$/.exec(template)
  if (!match) return undefined
  return [...match[1]!.matchAll(/\.(\w+)|\[['"]([^'"\]]+)['"]\]/g)].map(([, name, quoted]) => name ?? quoted).join('.')
}
