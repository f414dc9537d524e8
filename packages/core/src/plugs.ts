import type { ConnectorStatus } from './catalogue.ts'
import type { Party } from './ids.ts'

/** What a smart plug (or small EVSE over MQTT) last told. */
export interface PlugLive {
  readonly plugId: string
  readonly online: boolean
  readonly status?: ConnectorStatus
  /** Last time anything was heard, ISO; absent when never. */
  readonly heardAt?: string
  /** Absent before the first reading. */
  readonly registerWh?: number
  /** From the device's counter, or power added up over time. */
  readonly method: 'counter' | 'integrated'
  readonly powerW?: number
  readonly voltageV?: number
  readonly currentA?: number
  readonly temperatureC?: number
  /** As the device tells it: dBm, or its own scale. */
  readonly linkQuality?: number
  readonly on?: boolean
  readonly plugged?: boolean
  readonly fault?: string
  /** A meter of this kind is not certified for billing; drivers are told before they sign. */
  readonly meterCertified: false
}

/** A plug as its operator sees it. */
export interface PlugView {
  /** Also the station's id. */
  readonly plugId: string
  readonly label?: string
  readonly party?: Party
  readonly family: string
  readonly variables: Readonly<Record<string, string>>
  readonly channel?: number | 'all'
  readonly credentialId: string
  /** What may be drawn for hours, W. */
  readonly ratedPowerW: number
  readonly operative: boolean
  readonly createdAt: string
  readonly live: PlugLive
}

/** What an operator says about a new plug. */
export interface NewPlugRequest {
  readonly party: Party
  readonly plugId: string
  readonly family: string
  /** The profile's variables, e.g. `{ topic: 'tasmota_A1B2C3' }`. */
  readonly variables: Readonly<Record<string, string>>
  readonly ratedPowerW: number
  readonly label?: string
  readonly channel?: number | 'all'
  readonly channels?: number
  /** Of a device with several outlets, or of a bridge; default: the plug's id. */
  readonly credentialId?: string
}

/** A plug that was let in, and how its device is set up. */
export interface PlugSetup {
  readonly plug: PlugView
  readonly username: string
  /** Shown once. Absent when the credential was there before and keeps its password. */
  readonly password?: string
  /** What to type into the device, in order. */
  readonly settings: readonly { readonly label: string; readonly value: string }[]
  /** The same as one command to paste, and where. */
  readonly command?: { readonly where: string; readonly text: string }
  /** What must be done by hand to be safe. */
  readonly warnings: readonly string[]
}

/** One kept reading. */
export interface PlugReading {
  readonly at: string
  readonly registerWh: number
  readonly method: 'counter' | 'integrated'
  /** The device's own counter, Wh. */
  readonly counterWh?: number
  readonly powerW?: number
  readonly voltageV?: number
  readonly currentA?: number
  readonly temperatureC?: number
  readonly linkQuality?: number
  readonly on?: boolean
  readonly transactionId?: string
  /** What was found about it: a reset, a unit that cannot be, more than its rating allows. */
  readonly flags: readonly string[]
}

/** Something an operator should look at: a takeover, a refused topic, a wrong password, a plug too hot. */
export interface PlugAlarm {
  readonly kind: string
  readonly plugId: string
  readonly at: string
  readonly detail: string
  /** Where it came from; '' for the plug itself. */
  readonly address: string
  /** How often within the same minute. */
  readonly count: number
}

/** A family of devices an operator can choose, with what must be known of the device. */
export interface PlugFamilyView {
  readonly family: string
  readonly title: string
  readonly kind: 'plug' | 'evse'
  readonly documentation: readonly string[]
  readonly notes: readonly string[]
  /** `device`: armed by us; `settings`: set by its owner; `none`: it has none. */
  readonly deadMan: 'device' | 'settings' | 'none'
  readonly variables: readonly {
    readonly name: string
    readonly label: string
    readonly example?: string
    readonly default?: string
    readonly optional: boolean
    readonly oneOf?: readonly string[]
  }[]
}

/** A name and password for a device nobody knows yet, good while it is recorded. */
export interface PlugRecordingStart {
  readonly recordingId: string
  readonly username: string
  readonly password: string
  readonly endsAt: string
}

/** What an unknown device said, and what can be made of it without guessing. */
export interface PlugRecording {
  readonly recordingId: string
  readonly done: boolean
  readonly heard: readonly { readonly topic: string; readonly payload: string; readonly count: number }[]
  /** Families that read these messages, the best first. */
  readonly suggestions: readonly {
    readonly family: string
    readonly variables: Readonly<Record<string, string>>
    readonly understood: number
  }[]
  /** A profile to complete, for a device no family fits. */
  readonly draft?: Readonly<Record<string, unknown>>
  /** What a person must decide before the draft may meter anything. */
  readonly questions: readonly string[]
}
