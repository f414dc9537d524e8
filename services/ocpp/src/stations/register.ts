import { type Clock, isWerenodeError, type Store, type Stored, WerenodeError } from '@werenode/core'
import type { OcppVersion } from '../wire/version.ts'
import { generatePassword, hashPassword } from './credentials.ts'
import { parseIdentity, type Station } from './station.ts'

export interface NewStation {
  /** As the station sends it at the end of its connection URL. */
  readonly stationId: string
  readonly label?: string
  readonly party?: string
  /** Default 1. 0 must be asked for: whoever knows the identity is then the station. */
  readonly securityProfile?: 0 | 1 | 2 | 3
  /** Profile 1 and 2; generated when absent. */
  readonly password?: string
  /** Profile 3: what the O of its certificate must be. */
  readonly organisation?: string
  readonly strict?: boolean
  readonly defaultVersion?: OcppVersion
  /** Default 30. */
  readonly meterIntervalS?: number
  readonly noPing?: boolean
  readonly wholeSeconds?: boolean
  readonly maxPowerW?: number
  /** Public key of each EVSE's meter, by its number: PEM, DER or the bare point, in hexadecimal or base64. */
  readonly meterKeys?: Readonly<Record<string, string>>
}

export interface Registered {
  readonly station: Station
  /** Shown once: only its hash is kept. Undefined for profiles without a password. */
  readonly password: string | undefined
}

/**
 * Lets a station in. Idempotent for the same input with a password given: a second call replaces what the operator decided and
 * keeps `createdAt`.
 *
 * ```ts
 * const { password } = await registerStation({ store, clock }, { stationId: 'CP-7' })
 * ```
 */
export const registerStation = async (
  { store, clock }: { store: Store; clock: Clock },
  input: NewStation,
  /** `conflict` when the id is taken, instead of replacing what was there. */
  { onlyNew = false }: { onlyNew?: boolean } = {},
): Promise<Registered> => {
  const stationId = parseIdentity(input.stationId)
  const securityProfile = input.securityProfile ?? 1
  const needsPassword = securityProfile === 1 || securityProfile === 2
  const password = needsPassword ? (input.password ?? generatePassword()) : undefined
  if (password !== undefined && (password.length < 8 || password.length > 64))
    throw new WerenodeError('invalid-input', `The password of station ${stationId} has ${password.length} characters`, {
      hint: 'Use 16 to 40 characters (OCPP 2.0.1 BasicAuthPassword), or leave it out and one is made.',
    })
  const before = await store.get<Station>('ocpp_stations', stationId)
  const station: Station = {
    _id: stationId,
    ...(input.label === undefined ? {} : { label: input.label }),
    ...(input.party === undefined ? {} : { party: input.party }),
    securityProfile,
    credentials: password === undefined ? [] : [await hashPassword(password)],
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    strict: input.strict ?? false,
    ...(input.defaultVersion === undefined ? {} : { defaultVersion: input.defaultVersion }),
    meterIntervalS: input.meterIntervalS ?? 30,
    ...(input.noPing === undefined ? {} : { noPing: input.noPing }),
    ...(input.wholeSeconds === undefined ? {} : { wholeSeconds: input.wholeSeconds }),
    ...(input.maxPowerW === undefined ? {} : { maxPowerW: input.maxPowerW }),
    ...(input.meterKeys === undefined ? {} : { meterKeys: input.meterKeys }),
    createdAt: before?.createdAt ?? clock().toISOString(),
  }
  try {
    await store.write([{ op: onlyNew ? 'insert' : 'put', in: 'ocpp_stations', doc: station }])
  } catch (error) {
    if (!(onlyNew && isWerenodeError(error) && error.code === 'conflict')) throw error
    throw new WerenodeError('conflict', `There is a charging station "${stationId}" already`, {
      hint: 'Choose another identity, or change that one.',
    })
  }
  return { station, password }
}

/** What the operator decided anew; what is not named stays. A profile without password forgets the passwords. */
export const changeStation = async (
  { store }: { store: Store },
  stationId: string,
  change: Partial<Omit<NewStation, 'stationId' | 'password' | 'party'>>,
): Promise<void> => {
  const station = await stationNamed(store, stationId)
  const { securityProfile = station.securityProfile } = change
  const needsPassword = securityProfile === 1 || securityProfile === 2
  await replaceStation(store, station, { ...change, ...(needsPassword ? {} : { credentials: [] }) })
}

/** A new password; the old one holds until `dropOldPasswords`, because the station must first be told the new one. */
export const rotatePassword = async (
  { store }: { store: Store },
  stationId: string,
  password: string = generatePassword(),
): Promise<string> => {
  const station = await stationNamed(store, stationId)
  const credentials = [await hashPassword(password), ...station.credentials.slice(0, 1)]
  await replaceStation(store, station, { credentials })
  return password
}

/** Takes a rotation back that the station declined: the password before holds alone again. */
export const takeBackPassword = async ({ store }: { store: Store }, stationId: string): Promise<void> => {
  const station = await stationNamed(store, stationId)
  if (station.credentials.length > 1)
    await replaceStation(store, station, { credentials: station.credentials.slice(1) })
}

/** Ends a rotation: only the newest password opens the door. */
export const dropOldPasswords = async ({ store }: { store: Store }, stationId: string): Promise<void> => {
  const station = await stationNamed(store, stationId)
  if (station.credentials.length > 1)
    await replaceStation(store, station, { credentials: station.credentials.slice(0, 1) })
}

export const stationNamed = async (store: Store, stationId: string) => {
  const station = await store.get<Station>('ocpp_stations', stationId)
  if (station) return station
  throw new WerenodeError('not-found', `No charging station "${stationId}" is registered`, {
    hint: 'List the stations with `werenode station list`, or register it first.',
  })
}

const replaceStation = async (store: Store, station: Stored<Station>, changes: Partial<Station>): Promise<void> => {
  const { _rev, ...row } = station
  const doc: Station = { ...row, ...changes }
  await store.write([{ op: 'replace', in: 'ocpp_stations', doc, rev: _rev }])
}
