/** What a device may tell of itself, in the house's units. `energy` is the device's own cumulative counter, Wh. */
export interface Told {
  /** Counter of the device, Wh, with fractions; resets and wraps as the profile says. */
  energy?: number
  /** W */
  power?: number
  /** V */
  voltage?: number
  /** A */
  current?: number
  /** °C */
  temperature?: number
  /** The relay is closed, or the EVSE allows charging. */
  on?: boolean
  /** Availability as the device or its last will tells it. */
  online?: boolean
  /** As the device counts it: dBm, percent or 0..255. */
  linkQuality?: number
  /** A vehicle is connected, where the device can tell. */
  plugged?: boolean
  /** A fault in the device's own word; '' when it says that there is none. */
  fault?: string
  /** Seconds until the device ends the supply by itself. */
  deadManLeft?: number
}

export type Quantity = keyof Told

export const quantities = [
  'energy',
  'power',
  'voltage',
  'current',
  'temperature',
  'on',
  'online',
  'linkQuality',
  'plugged',
  'fault',
  'deadManLeft',
] as const satisfies readonly Quantity[]

const flags: ReadonlySet<Quantity> = new Set(['on', 'online', 'plugged'])
export const isFlag = (quantity: Quantity): boolean => flags.has(quantity)

/** Factor from a device's unit to ours. A unit that is not here is refused when the profile is read, never guessed. */
export const unitFactors = {
  Wh: { energy: 1 },
  kWh: { energy: 1000 },
  mWh: { energy: 0.001 },
  /** Watt-minutes, as Shelly's first generation counts. */
  Wmin: { energy: 1 / 60 },
  /** Watt-seconds, that is joules. */
  Ws: { energy: 1 / 3600 },
  W: { power: 1 },
  kW: { power: 1000 },
  mW: { power: 0.001 },
  V: { voltage: 1 },
  mV: { voltage: 0.001 },
  A: { current: 1 },
  mA: { current: 0.001 },
  C: { temperature: 1 },
  /** Tenths of a degree Celsius. */
  dC: { temperature: 0.1 },
  s: { deadManLeft: 1 },
} as const satisfies Readonly<Record<string, Partial<Record<Quantity, number>>>>

export type Unit = keyof typeof unitFactors
export const units = Object.keys(unitFactors) as [Unit, ...Unit[]]

/** Undefined when the unit does not measure the quantity. */
export const factorOf = (quantity: Quantity, unit: string): number | undefined =>
  Object.hasOwn(unitFactors, unit)
    ? (unitFactors[unit as Unit] as Partial<Record<Quantity, number>>)[quantity]
    : undefined
