import type { Kind } from '../model/model.ts'
import { maybe, object, one, oneOf, type Schema, some, string, url } from '../schema/schema.ts'
import { mapper211 } from '../v211/mapper.ts'
import * as v211 from '../v211/objects.ts'
import { mapper221 } from '../v221/mapper.ts'
import * as v221 from '../v221/objects.ts'
import { locationReferences } from '../v221/pieces.ts'
import { mapper230 } from '../v230/mapper.ts'
import * as v230 from '../v230/objects.ts'
import { type CredentialsMapper, credentials211, credentials221, credentials230 } from './credentials.ts'
import type { VersionMapper } from './version.ts'

export const versionNumbers = ['2.3.0', '2.2.1', '2.1.1'] as const
/** Those we speak, the best first. */
export type VersionNumber = (typeof versionNumbers)[number]

export type CommandName = 'START_SESSION' | 'STOP_SESSION' | 'RESERVE_NOW' | 'CANCEL_RESERVATION' | 'UNLOCK_CONNECTOR'

/** Everything that differs between versions beyond the objects themselves. */
export interface Version {
  readonly number: VersionNumber
  readonly mapper: VersionMapper
  readonly credentials: CredentialsMapper
  readonly evse: Schema
  readonly connector: Schema
  readonly locationReferences: Schema
  readonly authorizationInfo: Schema
  readonly commands: Readonly<Partial<Record<CommandName, Schema>>>
  readonly commandResponse: Schema
  readonly commandResult: Schema
  /** 2.2 brought roles, routing headers, Base64 and SENDER/RECEIVER. */
  readonly hasRoles: boolean
  readonly clientInfo?: Schema
}

const commands = ({
  startSession,
  stopSession,
  reserveNow,
  unlockConnector,
}: Record<'startSession' | 'stopSession' | 'reserveNow' | 'unlockConnector', Schema>) => ({
  START_SESSION: startSession,
  STOP_SESSION: stopSession,
  RESERVE_NOW: reserveNow,
  UNLOCK_CONNECTOR: unlockConnector,
})

const list: Readonly<Record<VersionNumber, Version>> = {
  '2.1.1': {
    number: '2.1.1',
    mapper: mapper211,
    credentials: credentials211,
    evse: v211.evse,
    connector: v211.connector,
    locationReferences: v211.locationReferences,
    authorizationInfo: v211.authorizationInfo,
    commands: commands(v211),
    commandResponse: v211.commandResponse,
    commandResult: v211.commandResult,
    hasRoles: false,
  },
  '2.2.1': {
    number: '2.2.1',
    mapper: mapper221,
    credentials: credentials221,
    evse: v221.evse,
    connector: v221.connector,
    locationReferences,
    authorizationInfo: v221.authorizationInfo,
    commands: { ...commands(v221), CANCEL_RESERVATION: v221.cancelReservation },
    commandResponse: v221.commandResponse,
    commandResult: v221.commandResult,
    hasRoles: true,
    clientInfo: v221.clientInfo,
  },
  '2.3.0': {
    number: '2.3.0',
    mapper: mapper230,
    credentials: credentials230,
    evse: v230.evse,
    connector: v230.connector,
    locationReferences,
    authorizationInfo: v230.authorizationInfo,
    commands: { ...commands(v230), CANCEL_RESERVATION: v230.cancelReservation },
    commandResponse: v230.commandResponse,
    commandResult: v230.commandResult,
    hasRoles: true,
    clientInfo: v230.clientInfo,
  },
}
export const versionOf = (number: VersionNumber): Version => list[number]
export const isVersion = (text: string): text is VersionNumber => (versionNumbers as readonly string[]).includes(text)

/** version_information_endpoint: what /versions and /{version} answer. */
export const versionsAnswer = object('Version', { version: one(string(20)), url: one(url) })
export const detailsAnswer = object('VersionDetails', {
  version: one(string(20)),
  endpoints: some(
    object('Endpoint', {
      identifier: one(string(50)),
      role: maybe(oneOf(['SENDER', 'RECEIVER'])),
      url: one(url),
    }),
  ),
})
export type ModuleId = Kind | 'credentials' | 'commands' | 'chargingprofiles' | 'payments' | 'booking' | 'bookings'
export interface Endpoint {
  readonly identifier: string
  readonly role?: string
  readonly url: string
}

/** Which modules we offer, by the role we play in them (version_information_endpoint, Endpoint). */
export const ownEndpoints = (version: Version, base: string): Endpoint[] => {
  const { number, hasRoles } = version
  const cpo = `${base}/cpo/${number}`
  const emsp = `${base}/emsp/${number}`
  const both: [string, 'SENDER' | 'RECEIVER', string][] = [
    ['locations', 'SENDER', `${cpo}/locations`],
    ['sessions', 'SENDER', `${cpo}/sessions`],
    ['cdrs', 'SENDER', `${cpo}/cdrs`],
    ['tariffs', 'SENDER', `${cpo}/tariffs`],
    ['tokens', 'RECEIVER', `${cpo}/tokens`],
    ['commands', 'RECEIVER', `${cpo}/commands`],
    ['locations', 'RECEIVER', `${emsp}/locations`],
    ['sessions', 'RECEIVER', `${emsp}/sessions`],
    ['cdrs', 'RECEIVER', `${emsp}/cdrs`],
    ['tariffs', 'RECEIVER', `${emsp}/tariffs`],
    ['tokens', 'SENDER', `${emsp}/tokens`],
    ['commands', 'SENDER', `${emsp}/commands`],
  ]
  if (hasRoles)
    both.push(
      ['chargingprofiles', 'RECEIVER', `${cpo}/chargingprofiles`],
      ['chargingprofiles', 'SENDER', `${emsp}/chargingprofiles`],
    )
  if (version.clientInfo)
    both.push(
      ['hubclientinfo', 'SENDER', `${base}/${number}/hubclientinfo`],
      ['hubclientinfo', 'RECEIVER', `${base}/${number}/hubclientinfo`],
    )
  if (version.mapper.invoicereconciliation)
    both.push(
      ['invoicereconciliation', 'SENDER', `${cpo}/invoicereconciliation`],
      ['invoicereconciliation', 'RECEIVER', `${emsp}/invoicereconciliation`],
    )
  if (version.mapper.terminals)
    both.push(
      ['payments', 'RECEIVER', `${cpo}/payments`],
      ['payments', 'SENDER', `${base}/ptp/${number}/payments`],
      // mod_bookings, "Module Identifier".
      ['Booking', 'SENDER', `${cpo}/bookings`],
      ['Booking', 'RECEIVER', `${emsp}/bookings`],
    )
  const credentials = `${base}/${number}/credentials`
  return [
    // credentials is symmetric: 2.2 and later ask for a role, and RECEIVER is the one that is called.
    { identifier: 'credentials', ...(hasRoles ? { role: 'RECEIVER' } : {}), url: credentials },
    ...(hasRoles ? [{ identifier: 'credentials', role: 'SENDER', url: credentials }] : []),
    ...both.map(([identifier, role, url]) => ({ identifier, ...(hasRoles ? { role } : {}), url })),
  ]
}

/**
 * A partner's endpoint of a module. In 2.1.1 there are no roles: a party that is both lists the module twice, and its address
 * tells which (`/cpo/`, `/emsp/`). Some 2.2 partners leave the role out or list credentials twice: RECEIVER first, else the first.
 */
export const endpointOf = (
  endpoints: readonly Endpoint[],
  identifier: ModuleId,
  role: 'SENDER' | 'RECEIVER',
): string | undefined => {
  const named = endpoints.filter((endpoint) => endpoint.identifier.toLowerCase() === identifier)
  const exact = named.find((endpoint) => endpoint.role === role)
  if (exact !== undefined || identifier === 'credentials') return (exact ?? named[0])?.url
  const silent = named.filter((endpoint) => endpoint.role === undefined)
  const side = sideOf(identifier, role)
  return (silent.find(({ url }) => url.includes(`/${side}/`)) ?? silent.find(({ url }) => !/\/(cpo|emsp)\//.test(url)))
    ?.url
}

/** The party that plays a role of a module: the CPO sends all but tokens, and commands come from the eMSP. */
const sideOf = (identifier: ModuleId, role: 'SENDER' | 'RECEIVER'): 'cpo' | 'emsp' => {
  const ofEmsp = identifier === 'tokens' || identifier === 'commands'
  return ofEmsp === (role === 'SENDER') ? 'emsp' : 'cpo'
}

/** Modules that hold several kinds of object say where below them each lies (mod_payments, mod_bookings). */
const below: Readonly<Partial<Record<Kind, { readonly modules: readonly ModuleId[]; readonly path: string }>>> = {
  terminals: { modules: ['payments'], path: '/terminals' },
  financialadvices: { modules: ['payments'], path: '/financial-advice-confirmations' },
  bookinglocations: { modules: ['booking', 'bookings'], path: '/booking_locations' },
  bookings: { modules: ['booking', 'bookings'], path: '' },
}
/** A partner's address for a kind of object, without a trailing slash; undefined when it has none. */
export const placeOf = (
  { endpoints }: { readonly endpoints: readonly Endpoint[] },
  kind: Kind,
  role: 'SENDER' | 'RECEIVER',
): string | undefined => {
  const { modules, path } = below[kind] ?? { modules: [kind], path: '' }
  const base = modules.map((module) => endpointOf(endpoints, module, role)).find((url) => url !== undefined)
  return base === undefined ? undefined : below[kind] === undefined ? base : `${base.replace(/\/$/, '')}${path}`
}
