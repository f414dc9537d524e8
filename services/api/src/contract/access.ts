import type { Scope } from '@werenode/core'

/**
 * What a caller needs: a scope, `signed-in` (any account, about itself), or `anyone` (even a caller nobody knows: signing in,
 * finding one's way). `authenticate` runs on every one of them; a bad access token is refused everywhere.
 */
export type Access = Scope | 'signed-in' | 'anyone'

/** Name of a rate limit (http/rate-limit.ts). */
export type LimitName = 'browse' | 'sign-in' | 'password' | 'read' | 'quote' | 'command' | 'faucet' | 'stream'

interface Door {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** OpenAPI form: `/v1/sessions/{id}`. */
  readonly path: `/${string}`
  readonly access: Access
  readonly limit: LimitName
}

/** Every route and stream of this service, and what it asks of its caller. A route that is not here does not exist. */
export const access = {
  discover: { method: 'GET', path: '/v1', access: 'anyone', limit: 'browse' },
  getOpenApi: { method: 'GET', path: '/openapi.json', access: 'anyone', limit: 'browse' },

  createSiweNonce: { method: 'POST', path: '/auth/siwe/nonce', access: 'anyone', limit: 'sign-in' },
  signInWithWallet: { method: 'POST', path: '/auth/siwe', access: 'anyone', limit: 'sign-in' },
  signUpByEmail: { method: 'POST', path: '/auth/email/signup', access: 'anyone', limit: 'password' },
  verifyEmail: { method: 'POST', path: '/auth/email/verify', access: 'anyone', limit: 'password' },
  signInByEmail: { method: 'POST', path: '/auth/email', access: 'anyone', limit: 'password' },
  forgotPassword: { method: 'POST', path: '/auth/email/forgot', access: 'anyone', limit: 'password' },
  resetPassword: { method: 'POST', path: '/auth/email/reset', access: 'anyone', limit: 'password' },
  showVerifyEmail: { method: 'GET', path: '/auth/verify', access: 'anyone', limit: 'browse' },
  submitVerifyEmail: { method: 'POST', path: '/auth/verify', access: 'anyone', limit: 'password' },
  showResetPassword: { method: 'GET', path: '/auth/reset', access: 'anyone', limit: 'browse' },
  submitResetPassword: { method: 'POST', path: '/auth/reset', access: 'anyone', limit: 'password' },
  refreshLogin: { method: 'POST', path: '/auth/refresh', access: 'anyone', limit: 'sign-in' },
  signOut: { method: 'POST', path: '/auth/signout', access: 'signed-in', limit: 'command' },
  getAccount: { method: 'GET', path: '/v1/account', access: 'signed-in', limit: 'read' },
  listLogins: { method: 'GET', path: '/v1/account/logins', access: 'signed-in', limit: 'read' },
  revokeLogin: { method: 'DELETE', path: '/v1/account/logins/{loginId}', access: 'signed-in', limit: 'command' },
  linkWallet: { method: 'POST', path: '/v1/account/wallets', access: 'signed-in', limit: 'sign-in' },
  unlinkWallet: { method: 'DELETE', path: '/v1/account/wallets/{address}', access: 'signed-in', limit: 'command' },
  actForParty: { method: 'PUT', path: '/v1/account/party', access: 'signed-in', limit: 'command' },

  createParty: { method: 'POST', path: '/v1/parties', access: 'admin', limit: 'command' },
  listParties: { method: 'GET', path: '/v1/parties', access: 'signed-in', limit: 'read' },
  listMembers: { method: 'GET', path: '/v1/parties/{party}/members', access: 'party:write', limit: 'read' },
  putMember: { method: 'PUT', path: '/v1/parties/{party}/members/{address}', access: 'party:write', limit: 'command' },
  removeMember: {
    method: 'DELETE',
    path: '/v1/parties/{party}/members/{address}',
    access: 'party:write',
    limit: 'command',
  },
  createKey: { method: 'POST', path: '/v1/parties/{party}/keys', access: 'party:write', limit: 'command' },
  listKeys: { method: 'GET', path: '/v1/parties/{party}/keys', access: 'party:write', limit: 'read' },
  revokeKey: { method: 'DELETE', path: '/v1/parties/{party}/keys/{keyId}', access: 'party:write', limit: 'command' },
  listAudit: { method: 'GET', path: '/v1/parties/{party}/audit', access: 'party:write', limit: 'read' },

  listLocations: { method: 'GET', path: '/v1/locations', access: 'catalogue:read', limit: 'browse' },
  getLocation: { method: 'GET', path: '/v1/locations/{locationId}', access: 'catalogue:read', limit: 'browse' },
  getEvse: { method: 'GET', path: '/v1/evses/{evseId}', access: 'catalogue:read', limit: 'browse' },
  getTile: { method: 'GET', path: '/v1/tiles/{z}/{x}/{y}', access: 'catalogue:read', limit: 'browse' },
  streamCatalogue: { method: 'GET', path: '/v1/evses/live', access: 'catalogue:read', limit: 'stream' },

  putLocation: {
    method: 'PUT',
    path: '/v1/parties/{party}/locations/{locationId}',
    access: 'catalogue:write',
    limit: 'command',
  },
  removeLocation: {
    method: 'DELETE',
    path: '/v1/parties/{party}/locations/{locationId}',
    access: 'catalogue:write',
    limit: 'command',
  },
  putTariff: {
    method: 'PUT',
    path: '/v1/parties/{party}/tariffs/{tariffId}',
    access: 'catalogue:write',
    limit: 'command',
  },
  listTariffs: { method: 'GET', path: '/v1/parties/{party}/tariffs', access: 'catalogue:write', limit: 'read' },
  removeTariff: {
    method: 'DELETE',
    path: '/v1/parties/{party}/tariffs/{tariffId}',
    access: 'catalogue:write',
    limit: 'command',
  },
  getPriceCurve: { method: 'POST', path: '/v1/tariffs/curve', access: 'catalogue:read', limit: 'browse' },
  getEvseSticker: { method: 'GET', path: '/v1/evses/{evseId}/sticker.pdf', access: 'catalogue:read', limit: 'browse' },
  importLocations: {
    method: 'POST',
    path: '/v1/parties/{party}/locations/import',
    access: 'catalogue:write',
    limit: 'command',
  },
  addPhoto: {
    method: 'POST',
    path: '/v1/parties/{party}/locations/{locationId}/photos',
    access: 'catalogue:write',
    limit: 'command',
  },
  removePhoto: {
    method: 'DELETE',
    path: '/v1/parties/{party}/locations/{locationId}/photos/{photoId}',
    access: 'catalogue:write',
    limit: 'command',
  },
  getPhoto: { method: 'GET', path: '/v1/photos/{photoId}', access: 'catalogue:read', limit: 'browse' },
  prepareRegistration: {
    method: 'POST',
    path: '/v1/parties/{party}/evses/{evseId}/registration',
    access: 'catalogue:write',
    limit: 'command',
  },
  getEvseQr: { method: 'GET', path: '/v1/evses/{evseId}/qr.svg', access: 'catalogue:read', limit: 'browse' },

  createQuote: { method: 'POST', path: '/v1/quotes', access: 'sessions:write', limit: 'quote' },
  openSession: { method: 'POST', path: '/v1/sessions', access: 'sessions:write', limit: 'command' },
  listSessions: { method: 'GET', path: '/v1/sessions', access: 'sessions:read', limit: 'read' },
  getSession: { method: 'GET', path: '/v1/sessions/{sessionId}', access: 'sessions:read', limit: 'read' },
  stopSession: { method: 'POST', path: '/v1/sessions/{sessionId}/stop', access: 'sessions:write', limit: 'command' },
  cosignSession: {
    method: 'POST',
    path: '/v1/sessions/{sessionId}/cosign',
    access: 'sessions:write',
    limit: 'command',
  },
  topUpSession: { method: 'POST', path: '/v1/sessions/{sessionId}/topup', access: 'sessions:write', limit: 'command' },
  streamSession: { method: 'GET', path: '/v1/sessions/{sessionId}/live', access: 'sessions:read', limit: 'stream' },

  getCredit: { method: 'GET', path: '/v1/credit', access: 'sessions:read', limit: 'read' },
  requestTestEuro: { method: 'POST', path: '/v1/faucet', access: 'sessions:write', limit: 'faucet' },
  getNetwork: { method: 'GET', path: '/v1/network', access: 'catalogue:read', limit: 'browse' },
  listPlugFamilies: { method: 'GET', path: '/v1/plug-families', access: 'catalogue:read', limit: 'browse' },
  addPlug: { method: 'POST', path: '/v1/parties/{party}/plugs', access: 'stations:write', limit: 'command' },
  listPlugs: { method: 'GET', path: '/v1/parties/{party}/plugs', access: 'stations:read', limit: 'read' },
  getPlug: { method: 'GET', path: '/v1/parties/{party}/plugs/{plugId}', access: 'stations:read', limit: 'read' },
  removePlug: {
    method: 'DELETE',
    path: '/v1/parties/{party}/plugs/{plugId}',
    access: 'stations:write',
    limit: 'command',
  },
  rekeyPlug: {
    method: 'POST',
    path: '/v1/parties/{party}/plugs/{plugId}/rekey',
    access: 'stations:write',
    limit: 'command',
  },
  listPlugReadings: {
    method: 'GET',
    path: '/v1/parties/{party}/plugs/{plugId}/readings',
    access: 'stations:read',
    limit: 'read',
  },
  listPlugAlarms: { method: 'GET', path: '/v1/parties/{party}/plug-alarms', access: 'stations:read', limit: 'read' },
  streamPlugs: { method: 'GET', path: '/v1/parties/{party}/plug-events', access: 'stations:read', limit: 'stream' },
} as const satisfies Record<string, Door>

export type OperationId = keyof typeof access
export const operationIds = Object.keys(access) as readonly OperationId[]
