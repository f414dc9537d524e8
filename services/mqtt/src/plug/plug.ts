import { type Doc, WerenodeError } from '@werenode/core'

/** What the operator decided about a plug. To the rest of the house it is a station with one EVSE and one connector. */
export interface Plug extends Doc {
  /** Also the station's id. */
  readonly _id: string
  readonly label?: string
  readonly party?: string
  /** Family of the device profile. */
  readonly family: string
  readonly variables: Readonly<Record<string, string>>
  /** From 1, or `all` for one meter over all phases. Default 1. */
  readonly channel?: number | 'all'
  readonly channels?: number
  /** Name under which the device (or the bridge in front of it) connects. */
  readonly credentialId: string
  /** What may be drawn for hours, W. */
  readonly ratedPowerW: number
  readonly operative: boolean
  readonly createdAt: string
}

/** Whether the plug is in reach. */
export interface PlugLink extends Doc {
  readonly _id: string
  /** Rises each time it comes back. */
  readonly epoch: number
  readonly connected: boolean
  readonly connectedAt: string
  readonly disconnectedAt?: string
  readonly reason?: string
}

export type TransactionState = 'starting' | 'open' | 'stopping' | 'ended' | 'failed'

/** One use of a plug. The desired state of the relay follows from it: on while `starting` or `open`, else off. */
export interface PlugTransaction extends Doc {
  /** `<stationId>/<transactionId>` */
  readonly _id: string
  readonly stationId: string
  readonly transactionId: string
  readonly sessionId: string
  readonly idTag: string
  readonly remoteStartId: number
  readonly state: TransactionState
  readonly requestedAt: string
  readonly limitWh?: number
  readonly startedAt?: string
  readonly startWh?: number
  readonly stopAskedAt?: string
  readonly reason?: string
  readonly endedAt?: string
  readonly endWh?: number
  /** Told as ended on the last reading while the plug was out of reach; the true end follows when it is back. */
  readonly estimated?: boolean
  readonly flags: readonly string[]
}

/** One point of the series of readings. */
export interface ReadingPoint {
  /** Our register, Wh. */
  readonly wh: number
  /** The device's counter, Wh. */
  readonly c?: number
  readonly w?: number
  readonly v?: number
  readonly a?: number
  readonly t?: number
  readonly lq?: number
  readonly on?: boolean
  /** How the register came about. */
  readonly by: 'counter' | 'integrated'
  readonly tx?: string
  readonly flags?: readonly string[]
}

const idPattern = /^[A-Za-z0-9_-]{1,48}$/

/** Plug ids stand in topics and subjects. */
export const parsePlugId = (text: string): string => {
  if (idPattern.test(text)) return text
  throw new WerenodeError('invalid-input', `"${text.slice(0, 60)}" cannot be the id of a plug`, {
    hint: 'Up to 48 letters, digits, _ and -, for example GARAGE-LEFT.',
  })
}

export const shouldBeOn = (transaction: PlugTransaction | undefined): boolean =>
  transaction?.state === 'starting' || transaction?.state === 'open'

export const isActive = ({ state }: PlugTransaction): boolean =>
  state === 'starting' || state === 'open' || state === 'stopping'
