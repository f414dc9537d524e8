import type { CollectionSpec } from '@werenode/core'

/** Everything the OCPP service owns in the store. */
export const ocppCollections: readonly CollectionSpec[] = [
  { name: 'ocpp_stations', indexes: [{ fields: ['party'] }] },
  { name: 'ocpp_links', indexes: [{ fields: ['holder', 'connected'] }] },
  { name: 'ocpp_connectors', indexes: [{ fields: ['stationId'] }] },
  {
    name: 'ocpp_transactions',
    indexes: [
      { fields: ['stationId', 'state'] },
      // One transaction for one physical start, however often the station tells of it.
      { fields: ['startKey'], unique: true },
      { fields: ['state', 'closeAfter'] },
      { fields: ['stationId', 'startedAt'] },
    ],
  },
  { name: 'ocpp_remote_starts', indexes: [{ fields: ['stationId', 'remoteStartId'] }, { fields: ['sessionId'] }] },
  { name: 'ocpp_data_transfers', indexes: [{ fields: ['stationId', 'receivedAt'] }] },
  {
    name: 'ocpp_dossier',
    indexes: [{ fields: ['stationId', 'kind', 'key'] }, { fields: ['stationId', 'kind', 'at'] }],
  },
  { name: 'ocpp_message_log', indexes: [{ fields: ['stationId', 'number'] }] },
  { name: 'ocpp_deviations' },
  { name: 'ocpp_sites', indexes: [{ fields: ['party'] }] },
  {
    name: 'ocpp_queued_commands',
    indexes: [{ fields: ['stationId', 'state'] }, { fields: ['stationId', 'queuedAt'] }],
  },
  { name: 'ocpp_tickets' },
  { name: 'ocpp_campaigns', indexes: [{ fields: ['party'] }] },
  { name: 'ocpp_signed_values', indexes: [{ fields: ['transactionKey', 'at'] }] },
  { name: 'ocpp_orphans', indexes: [{ fields: ['stationId', 'receivedAt'] }] },
]

/** Series: readings by `<stationId>/<transactionId>`, connector readings outside a transaction by `<stationId>/<evse>`. */
export const meterSeries = 'ocpp_meter'
export const idleMeterSeries = 'ocpp_meter_idle'
/** Series: values of periodic event streams (2.1), by `<stationId>/<stream>`. */
export const streamSeries = 'ocpp_stream'
