import type { Exchange, TestedElsewhere } from './exchange.ts'

const at = '2026-01-01T00:00:00Z'
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '1A2B3C' }
const idToken = { idToken: 'CARD', type: 'Central' }
const tariff = { tariffId: 'T1', currency: 'EUR', energy: { prices: [{ priceKwh: 0.4 }] } }
const battery = { evseId: 1, serialNumber: 'B-1', soC: 80, soH: 98 }
const yes = { status: 'Accepted' }
const exchanged = (action: string, answer: unknown) => ['exchange', action, { answer }] as const

/** What 2.1 adds to 2.0.1. */
export const exchanges21: readonly Exchange[] = [
  {
    action: 'NotifyMonitoringReport',
    direction: 'in',
    request: {
      requestId: 1,
      seqNo: 0,
      generatedAt: at,
      monitor: [
        {
          component: { name: 'EVSE', evse: { id: 1 } },
          variable: { name: 'Power' },
          variableMonitoring: [
            {
              id: 21,
              transaction: false,
              value: 80,
              type: 'UpperThreshold',
              severity: 4,
              eventNotificationType: 'CustomMonitor',
            },
          ],
        },
      ],
    },
    answer: {},
    leaves: [['monitor', '21', { variable: 'EVSE#1.Power', value: 80 }]],
  },
  {
    action: 'BatterySwap',
    direction: 'in',
    request: { batteryData: [battery], eventType: 'BatteryIn', idToken, requestId: 1 },
    answer: {},
    leaves: [['battery', '1/BatteryIn', { idTag: 'CARD', batteries: [battery] }]],
  },
  {
    action: 'RequestBatterySwap',
    direction: 'out',
    request: { idToken, requestId: 2 },
    answer: yes,
    leaves: [['battery', '2/requested', { idTag: 'CARD' }]],
  },
  {
    action: 'OpenPeriodicEventStream',
    direction: 'in',
    request: { constantStreamData: { id: 3, variableMonitoringId: 21, params: { interval: 10 } } },
    answer: yes,
    leaves: [['stream', '3', { open: true, variableMonitoringId: 21 }]],
  },
  {
    action: 'AdjustPeriodicEventStream',
    direction: 'out',
    request: { id: 3, params: { interval: 60 } },
    answer: yes,
    leaves: [['stream', '3', { open: true, params: { interval: 60 } }]],
  },
  {
    action: 'ClosePeriodicEventStream',
    direction: 'in',
    request: { id: 3 },
    answer: {},
    leaves: [['stream', '3', { open: false }]],
  },
  {
    action: 'GetPeriodicEventStream',
    direction: 'out',
    request: {},
    answer: { constantStreamData: [{ id: 4, variableMonitoringId: 22, params: {} }] },
    leaves: [['stream', '4', { open: true, variableMonitoringId: 22 }]],
  },
  {
    action: 'GetCertificateChainStatus',
    direction: 'in',
    request: {
      certificateStatusRequests: [{ source: 'OCSP', urls: ['http://ocsp.example'], certificateHashData: hash }],
    },
    answer: { certificateStatus: [{ status: 'Failed', source: 'OCSP', certificateHashData: hash }] },
    leaves: [['certificate', 'ocsp/1a2b3c', { status: 'Failed' }]],
  },
  {
    action: 'SetDERControl',
    direction: 'out',
    request: {
      isDefault: false,
      controlId: 'C1',
      controlType: 'FixedVar',
      fixedVar: { priority: 1, setpoint: 10, unit: 'PctMaxVar' },
    },
    answer: yes,
    leaves: [['der', 'control/C1', { controlType: 'FixedVar' }]],
  },
  {
    action: 'SetDERControl',
    direction: 'out',
    request: {
      isDefault: false,
      controlId: 'C2',
      controlType: 'FixedVar',
      fixedVar: { priority: 0, setpoint: 5, unit: 'PctMaxVar' },
    },
    answer: { status: 'Accepted', supersededIds: ['C1'] },
    leaves: [['der', 'control/C1', { superseded: true, controlType: 'FixedVar' }]],
  },
  {
    action: 'NotifyDERStartStop',
    direction: 'in',
    request: { controlId: 'C2', started: true, timestamp: at },
    answer: {},
    leaves: [['der', 'control/C2', { started: true, controlType: 'FixedVar' }]],
  },
  {
    action: 'NotifyDERAlarm',
    direction: 'in',
    request: { controlType: 'HVMustTrip', gridEventFault: 'OverVoltage', timestamp: at },
    answer: {},
    leaves: [['der', 'alarm/HVMustTrip', { gridEventFault: 'OverVoltage', ended: false }]],
  },
  {
    action: 'GetDERControl',
    direction: 'out',
    request: { requestId: 1 },
    answer: yes,
    leaves: [exchanged('GetDERControl', yes)],
  },
  {
    action: 'ReportDERControl',
    direction: 'in',
    request: { requestId: 1, gradient: [{ id: 'G1', gradient: { priority: 1, gradient: 10, softGradient: 5 } }] },
    answer: {},
    leaves: [['der', 'control/G1', { shape: 'gradient', reported: true }]],
  },
  {
    action: 'ClearDERControl',
    direction: 'out',
    request: { isDefault: false, controlId: 'C1' },
    answer: yes,
    leaves: [
      ['der', 'control/C1', null],
      ['der', 'control/C2', { started: true }],
    ],
  },
  {
    action: 'AFRRSignal',
    direction: 'out',
    request: { timestamp: at, signal: -3 },
    answer: yes,
    leaves: [['der', 'afrr', { signal: -3 }]],
  },
  {
    action: 'NotifyPriorityCharging',
    direction: 'in',
    request: { transactionId: 'X', activated: true },
    answer: {},
    leaves: [['needs', 'priority/X', { activated: true, by: 'station' }]],
  },
  {
    action: 'UsePriorityCharging',
    direction: 'out',
    request: { transactionId: 'X', activate: false },
    answer: yes,
    leaves: [['needs', 'priority/X', { activated: false, by: 'server' }]],
  },
  {
    action: 'NotifyAllowedEnergyTransfer',
    direction: 'out',
    request: { transactionId: 'X', allowedEnergyTransfer: ['AC_BPT'] },
    answer: yes,
    leaves: [['needs', 'allowed/X', { allowedEnergyTransfer: ['AC_BPT'] }]],
  },
  {
    action: 'NotifySettlement',
    direction: 'in',
    request: { pspRef: 'P-1', status: 'Settled', settlementAmount: 12.5, settlementTime: at, receiptId: 'R-1' },
    answer: { receiptId: 'R-1' },
    leaves: [['settlement', 'P-1', { settlementAmount: 12.5 }]],
  },
  {
    action: 'NotifyWebPaymentStarted',
    direction: 'out',
    request: { evseId: 1, timeout: 60 },
    answer: {},
    leaves: [['settlement', 'web/1', { timeoutS: 60 }]],
  },
  {
    action: 'VatNumberValidation',
    direction: 'in',
    request: { vatNumber: 'FR 40 303265045', evseId: 1 },
    answer: { status: 'Accepted', vatNumber: 'FR 40 303265045' },
    leaves: [['settlement', 'vat/1', { vatNumber: 'FR40303265045' }]],
  },
  {
    action: 'VatNumberValidation',
    direction: 'in',
    request: { vatNumber: 'nonsense' },
    answer: { status: 'Rejected' },
    leaves: [],
  },
  {
    action: 'SetDefaultTariff',
    direction: 'out',
    request: { evseId: 0, tariff },
    answer: yes,
    leaves: [['tariff', 'default/T1', { evse: 0 }]],
  },
  {
    action: 'GetTariffs',
    direction: 'out',
    request: { evseId: 0 },
    answer: { status: 'Accepted', tariffAssignments: [{ tariffId: 'T1', tariffKind: 'DefaultTariff' }] },
    leaves: [['tariff', 'reported/T1', { tariffKind: 'DefaultTariff' }]],
  },
  {
    action: 'ClearTariffs',
    direction: 'out',
    request: { tariffIds: ['T1'] },
    answer: { clearTariffsResult: [{ tariffId: 'T1', status: 'Accepted' }] },
    leaves: [
      ['tariff', 'default/T1', null],
      ['tariff', 'reported/T1', null],
    ],
  },
  {
    action: 'ChangeTransactionTariff',
    direction: 'out',
    request: { transactionId: 'X', tariff },
    answer: yes,
    leaves: [['tariff', 'transaction/X', { tariff: { tariffId: 'T1' } }]],
  },
  {
    action: 'UpdateDynamicSchedule',
    direction: 'out',
    request: { chargingProfileId: 70, scheduleUpdate: { limit: 4000 } },
    answer: yes,
    leaves: [['schedule', 'dynamic/70', { update: { limit: 4000 } }]],
  },
  {
    action: 'PullDynamicScheduleUpdate',
    direction: 'in',
    request: { chargingProfileId: 70 },
    answer: { status: 'Accepted', scheduleUpdate: { limit: 4000 } },
    leaves: [],
  },
  {
    action: 'PullDynamicScheduleUpdate',
    direction: 'in',
    request: { chargingProfileId: 71 },
    answer: { status: 'Rejected' },
    leaves: [],
  },
]

export const elsewhere21: readonly TestedElsewhere[] = [
  { action: 'NotifyPeriodicEventStream', direction: 'in', test: 'charge2.test.ts' },
]
