import type { Scope } from '@werenode/core'

/**
 * What a caller needs: a scope, `signed-in` (any account, about itself), `person` (a login of a person: no key, no system), or `anyone` (even a caller nobody knows: signing in,
 * finding one's way). `authenticate` runs on every one of them; a bad access token is refused everywhere.
 */
export type Access = Scope | 'signed-in' | 'person' | 'anyone'

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
  showSignIn: { method: 'GET', path: '/auth/interaction/{uid}', access: 'anyone', limit: 'browse' },
  signInOnPageByPassword: {
    method: 'POST',
    path: '/auth/interaction/{uid}/password',
    access: 'anyone',
    limit: 'password',
  },
  signInOnPageByWallet: {
    method: 'POST',
    path: '/auth/interaction/{uid}/wallet',
    access: 'anyone',
    limit: 'sign-in',
  },
  signInOnPageByPasskey: {
    method: 'POST',
    path: '/auth/interaction/{uid}/passkey',
    access: 'anyone',
    limit: 'sign-in',
  },
  signInOnPageByIdp: {
    method: 'POST',
    path: '/auth/interaction/{uid}/idp/{idpId}',
    access: 'anyone',
    limit: 'sign-in',
  },
  returnFromIdp: { method: 'GET', path: '/auth/idp/{idpId}/callback', access: 'anyone', limit: 'sign-in' },
  finishIdp: { method: 'GET', path: '/auth/interaction/{uid}/idp/{idpId}', access: 'anyone', limit: 'sign-in' },
  consentOnPage: { method: 'POST', path: '/auth/interaction/{uid}/consent', access: 'anyone', limit: 'sign-in' },
  abortSignIn: { method: 'POST', path: '/auth/interaction/{uid}/abort', access: 'anyone', limit: 'sign-in' },
  getSignInScript: { method: 'GET', path: '/auth/sign-in.js', access: 'anyone', limit: 'browse' },
  showSignUp: { method: 'GET', path: '/auth/signup', access: 'anyone', limit: 'browse' },
  submitSignUp: { method: 'POST', path: '/auth/signup', access: 'anyone', limit: 'password' },
  showForgot: { method: 'GET', path: '/auth/forgot', access: 'anyone', limit: 'browse' },
  submitForgot: { method: 'POST', path: '/auth/forgot', access: 'anyone', limit: 'password' },
  createPasskeyChallenge: { method: 'POST', path: '/auth/passkeys/options', access: 'anyone', limit: 'sign-in' },
  signInWithPasskey: { method: 'POST', path: '/auth/passkeys', access: 'anyone', limit: 'sign-in' },
  createPasskeyRegistration: {
    method: 'POST',
    path: '/v1/account/passkeys/options',
    access: 'person',
    limit: 'sign-in',
  },
  addPasskey: { method: 'POST', path: '/v1/account/passkeys', access: 'person', limit: 'sign-in' },
  listPasskeys: { method: 'GET', path: '/v1/account/passkeys', access: 'person', limit: 'read' },
  removePasskey: { method: 'DELETE', path: '/v1/account/passkeys/{passkeyId}', access: 'person', limit: 'command' },
  addEmail: { method: 'POST', path: '/v1/account/emails', access: 'person', limit: 'password' },
  refreshLogin: { method: 'POST', path: '/auth/refresh', access: 'anyone', limit: 'sign-in' },
  signOut: { method: 'POST', path: '/auth/signout', access: 'person', limit: 'command' },
  getAccount: { method: 'GET', path: '/v1/account', access: 'signed-in', limit: 'read' },
  listLogins: { method: 'GET', path: '/v1/account/logins', access: 'person', limit: 'read' },
  revokeLogin: { method: 'DELETE', path: '/v1/account/logins/{loginId}', access: 'person', limit: 'command' },
  linkWallet: { method: 'POST', path: '/v1/account/wallets', access: 'person', limit: 'sign-in' },
  unlinkWallet: { method: 'DELETE', path: '/v1/account/wallets/{address}', access: 'person', limit: 'command' },
  actForParty: { method: 'PUT', path: '/v1/account/party', access: 'person', limit: 'command' },

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
  createSystemClient: { method: 'POST', path: '/v1/parties/{party}/clients', access: 'party:write', limit: 'command' },
  listSystemClients: { method: 'GET', path: '/v1/parties/{party}/clients', access: 'party:write', limit: 'read' },
  revokeSystemClient: {
    method: 'DELETE',
    path: '/v1/parties/{party}/clients/{clientId}',
    access: 'party:write',
    limit: 'command',
  },
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

  listRoamingPartners: {
    method: 'GET',
    path: '/v1/parties/{party}/roaming/partners',
    access: 'party:write',
    limit: 'read',
  },
  addRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners',
    access: 'party:write',
    limit: 'command',
  },
  inviteRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/invitations',
    access: 'party:write',
    limit: 'command',
  },
  getRoamingPartner: {
    method: 'GET',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}',
    access: 'party:write',
    limit: 'read',
  },
  removeRoamingPartner: {
    method: 'DELETE',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}',
    access: 'party:write',
    limit: 'command',
  },
  testRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/test',
    access: 'party:write',
    limit: 'command',
  },
  checkRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/check',
    access: 'party:write',
    limit: 'command',
  },
  resendToRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/resend',
    access: 'party:write',
    limit: 'command',
  },
  pauseRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/pause',
    access: 'party:write',
    limit: 'command',
  },
  rotateRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/rotate',
    access: 'party:write',
    limit: 'command',
  },
  pullRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/pull',
    access: 'party:write',
    limit: 'command',
  },

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

  getReceipt: { method: 'GET', path: '/v1/receipts/{sessionId}', access: 'anyone', limit: 'browse' },
  showReceipt: { method: 'GET', path: '/r/{sessionId}', access: 'anyone', limit: 'browse' },
  disputeSession: {
    method: 'POST',
    path: '/v1/sessions/{sessionId}/dispute',
    access: 'sessions:write',
    limit: 'command',
  },
  getReceiptPdf: {
    method: 'GET',
    path: '/v1/sessions/{sessionId}/receipt.pdf',
    access: 'sessions:read',
    limit: 'command',
  },
  getSignedReadings: {
    method: 'GET',
    path: '/v1/sessions/{sessionId}/signed-readings.xml',
    access: 'sessions:read',
    limit: 'read',
  },
  exportCharges: { method: 'GET', path: '/v1/exports/charges.csv', access: 'sessions:read', limit: 'command' },
  createInvoice: { method: 'POST', path: '/v1/invoices', access: 'sessions:read', limit: 'command' },
  listDocuments: { method: 'GET', path: '/v1/documents', access: 'sessions:read', limit: 'read' },
  getDocument: { method: 'GET', path: '/v1/documents/{sha256}', access: 'sessions:read', limit: 'read' },
  getAccountBilling: { method: 'GET', path: '/v1/account/billing', access: 'signed-in', limit: 'read' },
  putAccountBilling: { method: 'PUT', path: '/v1/account/billing', access: 'signed-in', limit: 'command' },
  putPartyBilling: { method: 'PUT', path: '/v1/parties/{party}/billing', access: 'party:write', limit: 'command' },
  exportAccount: { method: 'GET', path: '/v1/account/export', access: 'signed-in', limit: 'password' },
  eraseAccount: { method: 'POST', path: '/v1/account/erasure', access: 'signed-in', limit: 'password' },
  listFavourites: { method: 'GET', path: '/v1/account/favourites', access: 'signed-in', limit: 'read' },
  putFavourite: { method: 'PUT', path: '/v1/account/favourites/{locationId}', access: 'signed-in', limit: 'command' },
  removeFavourite: {
    method: 'DELETE',
    path: '/v1/account/favourites/{locationId}',
    access: 'signed-in',
    limit: 'command',
  },
  listVehicles: { method: 'GET', path: '/v1/account/vehicles', access: 'signed-in', limit: 'read' },
  addVehicle: { method: 'POST', path: '/v1/account/vehicles', access: 'signed-in', limit: 'command' },
  putVehicle: { method: 'PUT', path: '/v1/account/vehicles/{vehicleId}', access: 'signed-in', limit: 'command' },
  removeVehicle: { method: 'DELETE', path: '/v1/account/vehicles/{vehicleId}', access: 'signed-in', limit: 'command' },
  listCards: { method: 'GET', path: '/v1/account/cards', access: 'signed-in', limit: 'read' },
  addCard: { method: 'POST', path: '/v1/account/cards', access: 'signed-in', limit: 'command' },
  removeCard: { method: 'DELETE', path: '/v1/account/cards/{cardId}', access: 'signed-in', limit: 'command' },
  redeemVoucher: { method: 'POST', path: '/v1/account/vouchers', access: 'sessions:write', limit: 'password' },
  listFreeUsers: { method: 'GET', path: '/v1/parties/{party}/free-users', access: 'party:write', limit: 'read' },
  putFreeUser: { method: 'POST', path: '/v1/parties/{party}/free-users', access: 'party:write', limit: 'command' },
  removeFreeUser: {
    method: 'DELETE',
    path: '/v1/parties/{party}/free-users/{freeUserId}',
    access: 'party:write',
    limit: 'command',
  },
  createVoucher: { method: 'POST', path: '/v1/parties/{party}/vouchers', access: 'party:write', limit: 'command' },
  listVouchers: { method: 'GET', path: '/v1/parties/{party}/vouchers', access: 'party:write', limit: 'read' },

  getCredit: { method: 'GET', path: '/v1/credit', access: 'sessions:read', limit: 'read' },
  requestTestEuro: { method: 'POST', path: '/v1/faucet', access: 'sessions:write', limit: 'faucet' },
  getNetwork: { method: 'GET', path: '/v1/network', access: 'catalogue:read', limit: 'browse' },
} as const satisfies Record<string, Door>

export type OperationId = keyof typeof access
export const operationIds = Object.keys(access) as readonly OperationId[]
