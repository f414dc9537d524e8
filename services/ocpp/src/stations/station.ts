import type { Doc } from '@werenode/core'
import { WerenodeError } from '@werenode/core'
import type { OcppVersion } from '../wire/version.ts'
import type { CredentialHash } from './credentials.ts'

/** What the operator decided about a station. Written by provisioning only; what the station itself says lives in `ocpp_links`. */
export interface Station extends Doc {
  /** The identity in the connection's path. */
  readonly _id: string
  readonly label?: string
  readonly party?: string
  /** 0 none (opt-in, private networks), 1 Basic over ws, 2 Basic over TLS, 3 client certificate. */
  readonly securityProfile: 0 | 1 | 2 | 3
  /** Any of these opens the door: while a key is rotated the old and the new hold. */
  readonly credentials: readonly CredentialHash[]
  /** Profile 3: the organisation its certificate must name; any when absent. */
  readonly organisation?: string
  /** Refuse what breaks the schema instead of mending it. */
  readonly strict: boolean
  /** Version to speak with a station that names no sub-protocol; without it such a station is turned away. */
  readonly defaultVersion?: OcppVersion
  /** Seconds between meter values, configured after each boot. */
  readonly meterIntervalS: number
  /** Some firmwares close on pings; liveness is then any frame. */
  readonly noPing?: boolean
  /** Some firmwares cannot read fractions of a second. */
  readonly wholeSeconds?: boolean
  /** Plausibility cap of a connector, W. */
  readonly maxPowerW?: number
  /** Public key of the meter of each EVSE, by its number: what signed values are checked with. */
  readonly meterKeys?: Readonly<Record<string, string>>
  readonly blocked?: boolean
  readonly createdAt: string
}

/** Whether a process holds the station's socket, and what the station told of itself when it booted. */
export interface StationLink extends Doc {
  readonly _id: string
  /** Rises with each link: the highest is the only living one. */
  readonly epoch: number
  readonly connected: boolean
  /** Process that holds the socket. */
  readonly holder: string
  readonly version: OcppVersion
  readonly connectedAt: string
  readonly disconnectedAt?: string
  readonly reason?: string
  readonly remoteAddress?: string
  readonly boot?: Boot
}

export interface Boot {
  readonly at: string
  readonly vendor: string
  readonly model: string
  readonly serial?: string
  readonly firmware?: string
  readonly iccid?: string
  readonly imsi?: string
  readonly meterType?: string
  readonly meterSerial?: string
  readonly reason?: string
}

const identityPattern = /^[A-Za-z0-9*\-_=:+|@.]{1,48}$/

export const isIdentity = (text: string): boolean => identityPattern.test(text)

/** Throws `invalid-input` for what cannot stand in a connection's path. */
export const parseIdentity = (text: string): string => {
  if (isIdentity(text)) return text
  throw new WerenodeError('invalid-input', `"${text.slice(0, 60)}" is not a charging station's identity`, {
    hint: 'Up to 48 letters, digits and * - _ = : + | @ . as the station sends it at the end of its connection URL.',
  })
}
