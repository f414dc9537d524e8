import type { CarOptions } from '../physics/car.ts'

export const plugFamilies = [
  'tasmota',
  'shelly-gen1',
  'shelly-gen2',
  'zigbee2mqtt',
  'esphome',
  'openevse',
  'go-e',
  'generic',
] as const
export type PlugFamily = (typeof plugFamilies)[number]

/** Bad habits of real plugs, and what each does. */
export const plugMisbehaviours = {
  deaf: 'hears commands and does nothing',
  'stuck-relay': 'says that it is off while power still flows',
  'unit-trap': 'its counter suddenly speaks a thousandth of its unit',
  hot: 'its temperature rises to 95 °C',
  'on-after-power-cut': 'comes back switched on after a power cut',
  'forgetful-counter': 'its counter begins again at each power cut',
} as const
export type PlugMisbehaviour = keyof typeof plugMisbehaviours

/** One simulated plug. */
export interface PlugOptions {
  readonly id: string
  /** `mqtt://host:port` */
  readonly url: string
  readonly family: PlugFamily
  /** As the device profile names them, e.g. `{ topic: 'tasmota_A1B2C3' }`. */
  readonly variables: Readonly<Record<string, string>>
  readonly username?: string
  readonly password?: string
  readonly maxPowerW?: number
  /** Counter at first, Wh. */
  readonly registerWh?: number
  /** Seconds of the plug's world between reports. Default 10. */
  readonly reportS?: number
  /** The plug's world runs N times as fast; whoever meters it must live as fast. Default 1. */
  readonly speed?: number
  readonly plugged?: boolean
  readonly car?: CarOptions
  readonly misbehave?: readonly string[]
  /** A car comes when the relay closes and leaves when it opens. */
  readonly auto?: boolean
  /** Its flash memory: the counter goes on over restarts of the simulator. */
  readonly stateFile?: string
  /** First pause before connecting again, ms. Default 1,000. */
  readonly reconnectMs?: number
}

/** Commands, one JSON object a line on stdin, answered as those for stations are. */
export type PlugCommand =
  | { readonly do: 'plugIn'; readonly car?: CarOptions }
  | {
      readonly do:
        | 'plugOut'
        | 'offline'
        | 'online'
        | 'powerCut'
        | 'powerOn'
        | 'button'
        | 'resetCounter'
        | 'state'
        | 'quit'
    }
  | { readonly do: 'misbehave'; readonly on?: readonly string[]; readonly off?: readonly string[] }
