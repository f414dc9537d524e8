import { testCertificate } from './certificate.ts'
import type { Exchange, TestedElsewhere } from './exchange.ts'

const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '1A2B3C' }
const at = '2026-01-01T00:00:00Z'
const component = { name: 'EVSE', evse: { id: 1 } }
const variable = { name: 'Power' }
const idToken = { idToken: 'CARD', type: 'ISO14443' }
const schedule = { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }] }
const profile = {
  id: 7,
  stackLevel: 2,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: [schedule],
}
const message = { id: 11, priority: 'NormalCycle', message: { format: 'UTF8', content: 'Bonjour' } }
const yes = { status: 'Accepted' }
const exchanged = (action: string, answer: unknown) => ['exchange', action, { answer }] as const

/** In this order, on one station; 2.1 runs them, too. */
export const exchanges201: readonly Exchange[] = [
  {
    action: 'DataTransfer',
    direction: 'in',
    request: { vendorId: 'com.unknown', data: { any: 1 } },
    answer: { status: 'UnknownVendorId' },
    leaves: [],
  },
  {
    action: 'FirmwareStatusNotification',
    direction: 'in',
    request: { status: 'Installed', requestId: 9 },
    answer: {},
    leaves: [['firmware', '9', { status: 'Installed' }]],
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
    request: { type: 'StartupOfTheDevice', timestamp: at },
    answer: {},
    leaves: [['security', '2026-01-01T00:00:00.000Z StartupOfTheDevice', {}]],
  },
  {
    action: 'SignCertificate',
    direction: 'in',
    request: { csr: 'no request at all', certificateType: 'V2GCertificate' },
    answer: { status: 'Rejected' },
    leaves: [['certificate', 'request/V2GCertificate', { status: 'Rejected' }]],
  },
  {
    action: 'Get15118EVCertificate',
    direction: 'in',
    request: { iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef', action: 'Install', exiRequest: 'AAAA' },
    answer: { status: 'Failed', exiResponse: '' },
    leaves: [['certificate', 'ev', { action: 'Install', status: 'Failed' }]],
  },
  {
    action: 'GetCertificateStatus',
    direction: 'in',
    request: { ocspRequestData: { ...hash, responderURL: 'http://ocsp.example' } },
    answer: { status: 'Failed' },
    leaves: [['certificate', 'ocsp/1a2b3c', { status: 'Failed' }]],
  },
  {
    action: 'NotifyChargingLimit',
    direction: 'in',
    request: {
      evseId: 1,
      chargingLimit: { chargingLimitSource: 'EMS', isGridCritical: true },
      chargingSchedule: [schedule],
    },
    answer: {},
    leaves: [['limit', 'EMS/1', { gridCritical: true, evse: 1 }]],
  },
  {
    action: 'ClearedChargingLimit',
    direction: 'in',
    request: { evseId: 1, chargingLimitSource: 'EMS' },
    answer: {},
    leaves: [['limit', 'EMS/1', null]],
  },
  {
    action: 'NotifyEVChargingNeeds',
    direction: 'in',
    request: { evseId: 1, chargingNeeds: { requestedEnergyTransfer: 'AC_three_phase', departureTime: at } },
    answer: { status: 'Processing' },
    leaves: [['needs', '1', { needs: { departureTime: at } }]],
  },
  {
    action: 'NotifyEVChargingSchedule',
    direction: 'in',
    request: { timeBase: at, evseId: 1, chargingSchedule: schedule },
    answer: yes,
    leaves: [['schedule', 'ev/1', { start: at }]],
  },
  {
    action: 'NotifyEvent',
    direction: 'in',
    request: {
      generatedAt: at,
      seqNo: 0,
      eventData: [
        {
          eventId: 4,
          timestamp: at,
          trigger: 'Alerting',
          actualValue: '90',
          eventNotificationType: 'CustomMonitor',
          component,
          variable,
        },
      ],
    },
    answer: {},
    leaves: [['event', '2026-01-01T00:00:00.000Z 4', { variable: 'EVSE#1.Power', actualValue: '90' }]],
  },
  {
    action: 'NotifyReport',
    direction: 'in',
    request: {
      requestId: 1,
      generatedAt: at,
      seqNo: 0,
      reportData: [
        {
          component,
          variable,
          variableAttribute: [
            { type: 'Actual', value: '22000', mutability: 'ReadOnly' },
            { type: 'MaxSet', value: '22080' },
          ],
        },
      ],
    },
    answer: {},
    leaves: [
      ['setting', 'EVSE#1.Power', { value: '22000', readonly: true }],
      ['setting', 'EVSE#1.Power:MaxSet', { value: '22080' }],
    ],
  },
  {
    action: 'NotifyDisplayMessages',
    direction: 'in',
    request: { requestId: 1, messageInfo: [message] },
    answer: {},
    leaves: [['display', '11', { priority: 'NormalCycle' }]],
  },
  {
    action: 'PublishFirmwareStatusNotification',
    direction: 'in',
    request: { status: 'Published', location: ['http://controller/fw'], requestId: 30 },
    answer: {},
    leaves: [['firmware', 'publish/30', { status: 'Published', places: 1 }]],
  },
  {
    action: 'ReportChargingProfiles',
    direction: 'in',
    request: { requestId: 1, chargingLimitSource: 'CSO', evseId: 2, chargingProfile: [{ ...profile, id: 8 }] },
    answer: {},
    leaves: [['profile', '8', { evse: 2, source: 'reported' }]],
  },

  {
    action: 'SetVariables',
    direction: 'out',
    request: {
      setVariableData: [
        {
          attributeValue: 'S3CRET-S3CRET-S3CRET',
          component: { name: 'SecurityCtrlr' },
          variable: { name: 'BasicAuthPassword' },
        },
        { attributeValue: '60', component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
      ],
    },
    answer: {
      setVariableResult: [
        { attributeStatus: 'Accepted', component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } },
        {
          attributeStatus: 'RebootRequired',
          component: { name: 'OCPPCommCtrlr' },
          variable: { name: 'HeartbeatInterval' },
        },
      ],
    },
    leaves: [
      ['setting', 'SecurityCtrlr.BasicAuthPassword', { secret: true }],
      ['setting', 'OCPPCommCtrlr.HeartbeatInterval', { value: '60', rebootRequired: true }],
    ],
  },
  {
    action: 'GetVariables',
    direction: 'out',
    request: { getVariableData: [{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } }] },
    answer: {
      getVariableResult: [
        {
          attributeStatus: 'Accepted',
          attributeValue: '61',
          component: { name: 'OCPPCommCtrlr' },
          variable: { name: 'HeartbeatInterval' },
        },
      ],
    },
    leaves: [['setting', 'OCPPCommCtrlr.HeartbeatInterval', { value: '61' }]],
  },
  {
    action: 'GetBaseReport',
    direction: 'out',
    request: { requestId: 1, reportBase: 'FullInventory' },
    answer: yes,
    leaves: [exchanged('GetBaseReport', yes)],
  },
  {
    action: 'GetReport',
    direction: 'out',
    request: { requestId: 2, componentCriteria: ['Active'] },
    answer: yes,
    leaves: [exchanged('GetReport', yes)],
  },
  {
    action: 'SetVariableMonitoring',
    direction: 'out',
    request: { setMonitoringData: [{ value: 80, type: 'UpperThreshold', severity: 4, component, variable }] },
    answer: {
      setMonitoringResult: [{ id: 22, status: 'Accepted', type: 'UpperThreshold', severity: 4, component, variable }],
    },
    leaves: [['monitor', '22', { variable: 'EVSE#1.Power', value: 80 }]],
  },
  {
    action: 'SetMonitoringBase',
    direction: 'out',
    request: { monitoringBase: 'All' },
    answer: yes,
    leaves: [['monitor', 'base', { base: 'All' }]],
  },
  {
    action: 'SetMonitoringLevel',
    direction: 'out',
    request: { severity: 5 },
    answer: yes,
    leaves: [['monitor', 'level', { severity: 5 }]],
  },
  {
    action: 'GetMonitoringReport',
    direction: 'out',
    request: { requestId: 3 },
    answer: yes,
    leaves: [exchanged('GetMonitoringReport', yes)],
  },
  {
    action: 'ClearVariableMonitoring',
    direction: 'out',
    request: { id: [22] },
    answer: { clearMonitoringResult: [{ status: 'Accepted', id: 22 }] },
    leaves: [['monitor', '22', null]],
  },
  {
    action: 'ChangeAvailability',
    direction: 'out',
    request: { operationalStatus: 'Inoperative', evse: { id: 1 } },
    answer: { status: 'Scheduled' },
    leaves: [['availability', '1', { operative: false, scheduled: true }]],
  },
  { action: 'ClearCache', direction: 'out', request: {}, answer: yes, leaves: [exchanged('ClearCache', yes)] },
  {
    action: 'SetChargingProfile',
    direction: 'out',
    request: { evseId: 1, chargingProfile: profile },
    answer: yes,
    leaves: [['profile', '7', { evse: 1, source: 'set' }]],
  },
  {
    action: 'GetChargingProfiles',
    direction: 'out',
    request: { requestId: 1, chargingProfile: {} },
    answer: yes,
    leaves: [exchanged('GetChargingProfiles', yes)],
  },
  {
    action: 'GetCompositeSchedule',
    direction: 'out',
    request: { duration: 60, evseId: 1 },
    answer: {
      status: 'Accepted',
      schedule: {
        evseId: 1,
        duration: 60,
        scheduleStart: at,
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }],
      },
    },
    leaves: [['schedule', '1', { start: at }]],
  },
  {
    action: 'ClearChargingProfile',
    direction: 'out',
    request: { chargingProfileId: 7 },
    answer: yes,
    leaves: [['profile', '7', null]],
  },
  {
    action: 'ReserveNow',
    direction: 'out',
    request: { id: 5, expiryDateTime: '2030-01-01T00:00:00Z', idToken, evseId: 1 },
    answer: yes,
    leaves: [['reservation', '5', { evse: 1, idTag: 'CARD' }]],
  },
  {
    action: 'ReservationStatusUpdate',
    direction: 'in',
    request: { reservationId: 5, reservationUpdateStatus: 'Expired' },
    answer: {},
    leaves: [['reservation', '5', null]],
  },
  {
    action: 'ReserveNow',
    direction: 'out',
    request: { id: 6, expiryDateTime: '2030-01-01T00:00:00Z', idToken },
    answer: yes,
    leaves: [['reservation', '6', { evse: 0 }]],
  },
  {
    action: 'CancelReservation',
    direction: 'out',
    request: { reservationId: 6 },
    answer: yes,
    leaves: [['reservation', '6', null]],
  },
  {
    action: 'SendLocalList',
    direction: 'out',
    request: { versionNumber: 4, updateType: 'Full', localAuthorizationList: [{ idToken, idTokenInfo: yes }] },
    answer: yes,
    leaves: [
      ['localList', 'CARD', yes],
      ['localList', '#version', { version: 4 }],
    ],
  },
  {
    action: 'GetLocalListVersion',
    direction: 'out',
    request: {},
    answer: { versionNumber: 4 },
    leaves: [['localList', '#version', { version: 4, confirmed: true }]],
  },
  {
    action: 'Reset',
    direction: 'out',
    request: { type: 'OnIdle' },
    answer: { status: 'Scheduled' },
    leaves: [exchanged('Reset', { status: 'Scheduled' })],
  },
  {
    action: 'TriggerMessage',
    direction: 'out',
    request: { requestedMessage: 'Heartbeat' },
    answer: yes,
    leaves: [exchanged('TriggerMessage', yes)],
  },
  {
    action: 'UnlockConnector',
    direction: 'out',
    request: { evseId: 1, connectorId: 1 },
    answer: { status: 'Unlocked' },
    leaves: [exchanged('UnlockConnector', { status: 'Unlocked' })],
  },
  {
    action: 'GetTransactionStatus',
    direction: 'out',
    request: { transactionId: 'T' },
    answer: { ongoingIndicator: false, messagesInQueue: false },
    leaves: [exchanged('GetTransactionStatus', { ongoingIndicator: false, messagesInQueue: false })],
  },
  {
    action: 'CostUpdated',
    direction: 'out',
    request: { totalCost: 3.2, transactionId: 'T' },
    answer: {},
    leaves: [exchanged('CostUpdated', {})],
  },
  {
    action: 'SetDisplayMessage',
    direction: 'out',
    request: { message: { ...message, id: 12 } },
    answer: yes,
    leaves: [['display', '12', { message: { content: 'Bonjour' } }]],
  },
  {
    action: 'GetDisplayMessages',
    direction: 'out',
    request: { requestId: 1 },
    answer: yes,
    leaves: [exchanged('GetDisplayMessages', yes)],
  },
  {
    action: 'ClearDisplayMessage',
    direction: 'out',
    request: { id: 12 },
    answer: yes,
    leaves: [['display', '12', null]],
  },
  {
    action: 'CustomerInformation',
    direction: 'out',
    request: { requestId: 40, report: true, clear: false },
    answer: yes,
    leaves: [['customer', '40', { status: 'Accepted' }]],
  },
  {
    action: 'NotifyCustomerInformation',
    direction: 'in',
    request: { data: 'second', seqNo: 1, generatedAt: at, requestId: 40 },
    answer: {},
    leaves: [['customer', '40', { complete: true }]],
  },
  {
    action: 'NotifyCustomerInformation',
    direction: 'in',
    request: { data: 'first', seqNo: 0, tbc: true, generatedAt: at, requestId: 40 },
    answer: {},
    leaves: [
      [
        'customer',
        '40',
        {
          parts: [
            { seqNo: 0, data: 'first' },
            { seqNo: 1, data: 'second' },
          ],
        },
      ],
    ],
  },
  {
    action: 'UpdateFirmware',
    direction: 'out',
    request: { requestId: 10, firmware: { location: 'https://files.example/fw', retrieveDateTime: at } },
    answer: yes,
    leaves: [['firmware', '10', { status: 'Accepted', retrieveAt: at }]],
  },
  {
    action: 'PublishFirmware',
    direction: 'out',
    request: { location: 'https://files.example/fw', checksum: 'abc', requestId: 31 },
    answer: yes,
    leaves: [['firmware', 'publish/31', { checksum: 'abc', status: 'Accepted' }]],
  },
  {
    action: 'UnpublishFirmware',
    direction: 'out',
    request: { checksum: 'abc' },
    answer: { status: 'Unpublished' },
    leaves: [['firmware', 'publish/31', { status: 'Unpublished' }]],
  },
  {
    action: 'GetLog',
    direction: 'out',
    request: { logType: 'DiagnosticsLog', requestId: 3, log: { remoteLocation: 'https://files.example/up' } },
    answer: { status: 'Accepted', filename: 'd.log' },
    leaves: [['log', '3', { status: 'Accepted', fileName: 'd.log' }]],
  },
  {
    action: 'SetNetworkProfile',
    direction: 'out',
    request: {
      configurationSlot: 1,
      connectionData: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppCsmsUrl: 'wss://csms.example',
        messageTimeout: 30,
        securityProfile: 2,
        ocppInterface: 'Wired0',
      },
    },
    answer: yes,
    leaves: [['network', '1', { ocppCsmsUrl: 'wss://csms.example', securityProfile: 2 }]],
  },
  {
    action: 'InstallCertificate',
    direction: 'out',
    request: { certificateType: 'CSMSRootCertificate', certificate: testCertificate },
    answer: yes,
    leaves: [['certificate', 'installed/1a2b3c', { type: 'CSMSRootCertificate' }]],
  },
  {
    action: 'GetInstalledCertificateIds',
    direction: 'out',
    request: {},
    answer: {
      status: 'Accepted',
      certificateHashDataChain: [{ certificateType: 'CSMSRootCertificate', certificateHashData: hash }],
    },
    leaves: [['certificate', 'reported/1a2b3c', { type: 'CSMSRootCertificate' }]],
  },
  {
    action: 'DeleteCertificate',
    direction: 'out',
    request: { certificateHashData: hash },
    answer: yes,
    leaves: [['certificate', 'installed/1a2b3c', null]],
  },
  {
    action: 'CertificateSigned',
    direction: 'out',
    request: { certificateChain: testCertificate, certificateType: 'V2GCertificate' },
    answer: yes,
    leaves: [['certificate', 'v2g', { serialNumber: '1a2b3c' }]],
  },
  {
    action: 'DataTransfer',
    direction: 'out',
    request: { vendorId: 'com.example' },
    answer: yes,
    leaves: [exchanged('DataTransfer', yes)],
  },
]

/** 2.1 asks for one member more. */
export const only201: readonly Exchange[] = [
  {
    action: 'NotifyMonitoringReport',
    direction: 'in',
    request: {
      requestId: 1,
      seqNo: 0,
      generatedAt: at,
      monitor: [
        {
          component,
          variable,
          variableMonitoring: [{ id: 21, transaction: false, value: 80, type: 'UpperThreshold', severity: 4 }],
        },
      ],
    },
    answer: {},
    leaves: [['monitor', '21', { variable: 'EVSE#1.Power', value: 80 }]],
  },
]

export const elsewhere201: readonly TestedElsewhere[] = [
  { action: 'Authorize', direction: 'in', test: 'charge2.test.ts' },
  { action: 'BootNotification', direction: 'in', test: 'charge2.test.ts' },
  { action: 'Heartbeat', direction: 'in', test: 'charge2.test.ts' },
  { action: 'MeterValues', direction: 'in', test: 'charge2.test.ts' },
  { action: 'StatusNotification', direction: 'in', test: 'charge2.test.ts' },
  { action: 'TransactionEvent', direction: 'in', test: 'charge2.test.ts' },
  { action: 'RequestStartTransaction', direction: 'out', test: 'charge2.test.ts' },
  { action: 'RequestStopTransaction', direction: 'out', test: 'charge2.test.ts' },
]
