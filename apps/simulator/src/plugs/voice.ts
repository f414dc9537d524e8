/** What a plug knows of itself when it speaks. */
export interface PlugView {
  readonly on: boolean
  readonly plugged: boolean
  readonly powerW: number
  /** Its own counter, Wh, with fractions. */
  readonly counterWh: number
  readonly voltageV: number
  readonly temperatureC: number
  /** Seconds until its timer opens the relay; 0 when none runs. */
  readonly timerS: number
}

export interface Said {
  readonly topic: string
  readonly payload: string
  readonly retain?: boolean
}

/** What a command makes it do. */
export interface Heard {
  readonly relay?: boolean
  /** Seconds after which the relay opens by itself; 0 ends the timer. */
  readonly timerS?: number
  readonly reportS?: number
  /** Tells its readings now. */
  readonly report?: boolean
  /** An answer, made after the command took effect. */
  readonly answer?: (view: PlugView) => readonly Said[]
}

/** How a family of devices speaks. */
export interface Voice {
  readonly will: Said
  readonly subscribe: readonly string[]
  hello(view: PlugView): readonly Said[]
  report(view: PlugView): readonly Said[]
  /** The relay moved, by command, button or timer. */
  switched(view: PlugView): readonly Said[]
  hear(topic: string, payload: string): Heard | undefined
}

export type MakeVoice = (variables: Readonly<Record<string, string>>) => Voice

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
export const onOff = (on: boolean): string => (on ? 'ON' : 'OFF')
