import type { StationOptions } from './options.ts'

/** Configuration keys (1.6) or variables as `Component.Variable` (2.x) that the station knows. */
export const configurationOf = (options: StationOptions): Map<string, string> =>
  new Map(
    options.version === '1.6'
      ? [
          ['MeterValueSampleInterval', String(options.meterIntervalS ?? 60)],
          ['MeterValuesSampledData', 'Energy.Active.Import.Register,Power.Active.Import'],
          ['StopTxnSampledData', 'Energy.Active.Import.Register'],
          ['HeartbeatInterval', '300'],
          ['ConnectionTimeOut', '60'],
          ['NumberOfConnectors', String(options.evses ?? 1)],
          ['AuthorizeRemoteTxRequests', 'false'],
          ['LocalPreAuthorize', 'false'],
          ['StopTransactionOnInvalidId', 'true'],
          ['WebSocketPingInterval', '0'],
        ]
      : [
          ['SampledDataCtrlr.TxUpdatedInterval', String(options.meterIntervalS ?? 60)],
          ['SampledDataCtrlr.TxUpdatedMeasurands', 'Energy.Active.Import.Register,Power.Active.Import'],
          ['SampledDataCtrlr.TxStartedMeasurands', 'Energy.Active.Import.Register'],
          ['SampledDataCtrlr.TxEndedMeasurands', 'Energy.Active.Import.Register'],
          ['OCPPCommCtrlr.HeartbeatInterval', '300'],
          ['TxCtrlr.EVConnectionTimeOut', '60'],
          ['TxCtrlr.TxStartPoint', 'PowerPathClosed'],
          ['TxCtrlr.TxStopPoint', 'EVConnected,Authorized'],
        ],
  )
