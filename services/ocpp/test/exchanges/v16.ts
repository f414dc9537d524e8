import { testCertificate } from './certificate.ts'
import type { Exchange, TestedElsewhere } from './exchange.ts'

const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '001A2B3C' }
const profile = {
  chargingProfileId: 7,
  stackLevel: 2,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }] },
}
const exchanged = (action: string, answer: unknown) => ['exchange', action, { answer }] as const

/** In this order, on one station: later ones undo what earlier ones left. */
export const exchanges16: readonly Exchange[] = [
  {
    action: 'DataTransfer',
    direction: 'in',
    request: { vendorId: 'com.unknown', data: 'x' },
    answer: { status: 'UnknownVendorId' },
    leaves: [],
  },
  {
    action: 'DiagnosticsStatusNotification',
    direction: 'in',
    request: { status: 'Uploading' },
    answer: {},
    leaves: [['log', 'diagnostics', { status: 'Uploading' }]],
  },
  {
    action: 'FirmwareStatusNotification',
    direction: 'in',
    request: { status: 'Downloading' },
    answer: {},
    leaves: [['firmware', 'update', { status: 'Downloading' }]],
  },
  {
    action: 'LogStatusNotification',
    direction: 'in',
    request: { status: 'Uploaded', requestId: 3 },
    answer: {},
    leaves: [['log', '3', { status: 'Uploaded' }]],
  },
  {
    action: 'SecurityEventNotification',
    direction: 'in',
    request: { type: 'TamperDetectionActivated', timestamp: '2026-01-01T00:00:00Z', techInfo: 'lid' },
    answer: {},
    leaves: [['security', '2026-01-01T00:00:00.000Z TamperDetectionActivated', { techInfo: 'lid' }]],
  },
  {
    action: 'SignCertificate',
    direction: 'in',
    request: { csr: 'no request at all' },
    answer: { status: 'Rejected' },
    leaves: [['certificate', 'request/ChargingStationCertificate', { status: 'Rejected' }]],
  },
  {
    action: 'SignedFirmwareStatusNotification',
    direction: 'in',
    request: { status: 'SignatureVerified', requestId: 9 },
    answer: {},
    leaves: [['firmware', '9', { status: 'SignatureVerified' }]],
  },

  {
    action: 'ChangeConfiguration',
    direction: 'out',
    request: { key: 'AuthorizationKey', value: 'NEVERKEPT' },
    answer: { status: 'Accepted' },
    leaves: [['setting', 'AuthorizationKey', { secret: true }]],
  },
  {
    action: 'GetConfiguration',
    direction: 'out',
    request: {},
    answer: { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }] },
    leaves: [['setting', 'HeartbeatInterval', { value: '300', readonly: false }]],
  },
  {
    action: 'ChangeAvailability',
    direction: 'out',
    request: { connectorId: 1, type: 'Inoperative' },
    answer: { status: 'Scheduled' },
    leaves: [['availability', '1', { operative: false, scheduled: true }]],
  },
  {
    action: 'ClearCache',
    direction: 'out',
    request: {},
    answer: { status: 'Accepted' },
    leaves: [exchanged('ClearCache', { status: 'Accepted' })],
  },
  {
    action: 'SetChargingProfile',
    direction: 'out',
    request: { connectorId: 1, csChargingProfiles: profile },
    answer: { status: 'Accepted' },
    leaves: [['profile', '7', { evse: 1, purpose: 'TxDefaultProfile', stackLevel: 2, source: 'set' }]],
  },
  {
    action: 'GetCompositeSchedule',
    direction: 'out',
    request: { connectorId: 1, duration: 60 },
    answer: {
      status: 'Accepted',
      connectorId: 1,
      scheduleStart: '2026-01-01T00:00:00Z',
      chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }] },
    },
    leaves: [['schedule', '1', { start: '2026-01-01T00:00:00Z' }]],
  },
  {
    action: 'ClearChargingProfile',
    direction: 'out',
    request: { connectorId: 1, stackLevel: 2 },
    answer: { status: 'Accepted' },
    leaves: [['profile', '7', null]],
  },
  {
    action: 'ReserveNow',
    direction: 'out',
    request: { connectorId: 1, expiryDate: '2030-01-01T00:00:00Z', idTag: 'CARD', reservationId: 5 },
    answer: { status: 'Accepted' },
    leaves: [['reservation', '5', { evse: 1, idTag: 'CARD' }]],
  },
  {
    action: 'CancelReservation',
    direction: 'out',
    request: { reservationId: 5 },
    answer: { status: 'Accepted' },
    leaves: [['reservation', '5', null]],
  },
  {
    action: 'SendLocalList',
    direction: 'out',
    request: {
      listVersion: 4,
      updateType: 'Full',
      localAuthorizationList: [{ idTag: 'CARD', idTagInfo: { status: 'Accepted' } }],
    },
    answer: { status: 'Accepted' },
    leaves: [
      ['localList', 'CARD', { status: 'Accepted' }],
      ['localList', '#version', { version: 4 }],
    ],
  },
  {
    action: 'SendLocalList',
    direction: 'out',
    request: { listVersion: 5, updateType: 'Differential', localAuthorizationList: [{ idTag: 'CARD' }] },
    answer: { status: 'Accepted' },
    leaves: [
      ['localList', 'CARD', null],
      ['localList', '#version', { version: 5 }],
    ],
  },
  {
    action: 'GetLocalListVersion',
    direction: 'out',
    request: {},
    answer: { listVersion: 5 },
    leaves: [['localList', '#version', { version: 5, confirmed: true }]],
  },
  {
    action: 'Reset',
    direction: 'out',
    request: { type: 'Soft' },
    answer: { status: 'Accepted' },
    leaves: [exchanged('Reset', { status: 'Accepted' })],
  },
  {
    action: 'TriggerMessage',
    direction: 'out',
    request: { requestedMessage: 'Heartbeat' },
    answer: { status: 'Accepted' },
    leaves: [exchanged('TriggerMessage', { status: 'Accepted' })],
  },
  {
    action: 'ExtendedTriggerMessage',
    direction: 'out',
    request: { requestedMessage: 'Heartbeat' },
    answer: { status: 'Accepted' },
    leaves: [exchanged('ExtendedTriggerMessage', { status: 'Accepted' })],
  },
  {
    action: 'UnlockConnector',
    direction: 'out',
    request: { connectorId: 1 },
    answer: { status: 'Unlocked' },
    leaves: [exchanged('UnlockConnector', { status: 'Unlocked' })],
  },
  {
    action: 'UpdateFirmware',
    direction: 'out',
    request: { location: 'https://files.example/fw.bin?token=secret', retrieveDate: '2030-01-01T00:00:00Z' },
    answer: {},
    leaves: [
      ['firmware', 'update', { status: 'Requested', retrieveAt: '2030-01-01T00:00:00Z' }],
      ['exchange', 'UpdateFirmware', { request: { location: '•••' } }],
    ],
  },
  {
    action: 'SignedUpdateFirmware',
    direction: 'out',
    request: {
      requestId: 9,
      firmware: {
        location: 'https://files.example/fw.bin',
        retrieveDateTime: '2030-01-01T00:00:00Z',
        signingCertificate: 'x',
        signature: 'y',
      },
    },
    answer: { status: 'Accepted' },
    leaves: [
      ['firmware', '9', { status: 'Accepted', steps: [{ status: 'SignatureVerified' }, { status: 'Accepted' }] }],
    ],
  },
  {
    action: 'GetDiagnostics',
    direction: 'out',
    request: { location: 'https://files.example/up' },
    answer: { fileName: 'diag.zip' },
    leaves: [['log', 'diagnostics', { status: 'Requested', fileName: 'diag.zip' }]],
  },
  {
    action: 'GetLog',
    direction: 'out',
    request: { logType: 'SecurityLog', requestId: 3, log: { remoteLocation: 'https://files.example/up' } },
    answer: { status: 'Accepted', filename: 'sec.log' },
    leaves: [['log', '3', { status: 'Accepted', fileName: 'sec.log', logType: 'SecurityLog' }]],
  },
  {
    action: 'InstallCertificate',
    direction: 'out',
    request: { certificateType: 'CentralSystemRootCertificate', certificate: testCertificate },
    answer: { status: 'Accepted' },
    leaves: [['certificate', 'installed/1a2b3c', { type: 'CentralSystemRootCertificate' }]],
  },
  {
    action: 'GetInstalledCertificateIds',
    direction: 'out',
    request: { certificateType: 'CentralSystemRootCertificate' },
    answer: { status: 'Accepted', certificateHashData: [hash] },
    leaves: [['certificate', 'reported/1a2b3c', { issuerNameHash: 'aa' }]],
  },
  {
    action: 'DeleteCertificate',
    direction: 'out',
    request: { certificateHashData: hash },
    answer: { status: 'Accepted' },
    leaves: [
      ['certificate', 'installed/1a2b3c', null],
      ['certificate', 'reported/1a2b3c', null],
    ],
  },
  {
    action: 'CertificateSigned',
    direction: 'out',
    request: { certificateChain: testCertificate },
    answer: { status: 'Accepted' },
    leaves: [['certificate', 'station', { serialNumber: '1a2b3c' }]],
  },
  {
    action: 'DataTransfer',
    direction: 'out',
    request: { vendorId: 'com.example', data: 'ping' },
    answer: { status: 'Accepted', data: 'pong' },
    leaves: [exchanged('DataTransfer', { status: 'Accepted', data: 'pong' })],
  },
]

export const elsewhere16: readonly TestedElsewhere[] = [
  { action: 'Authorize', direction: 'in', test: 'charge16.test.ts' },
  { action: 'BootNotification', direction: 'in', test: 'charge16.test.ts' },
  { action: 'Heartbeat', direction: 'in', test: 'field-notes/line.test.ts' },
  { action: 'MeterValues', direction: 'in', test: 'charge16.test.ts' },
  { action: 'StartTransaction', direction: 'in', test: 'charge16.test.ts' },
  { action: 'StatusNotification', direction: 'in', test: 'field-notes/replay.test.ts' },
  { action: 'StopTransaction', direction: 'in', test: 'charge16.test.ts' },
  { action: 'RemoteStartTransaction', direction: 'out', test: 'charge16.test.ts' },
  { action: 'RemoteStopTransaction', direction: 'out', test: 'charge16.test.ts' },
]
