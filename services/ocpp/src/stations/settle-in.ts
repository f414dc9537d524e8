import { isWerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { Link } from '../link/open-link.ts'
import type { Call } from '../link/outgoing.ts'
import type { Connectors } from '../status/connectors.ts'
import { changeConfiguration } from '../v16/ChangeConfiguration.ts'
import { triggerMessage } from '../v16/TriggerMessage.ts'
import { setVariables } from '../v201/SetVariables.ts'
import { triggerMessage201 } from '../v201/TriggerMessage.ts'
import type { StationRecords } from './records.ts'
import type { Station } from './station.ts'

/** What we ask of a station once it is let in: meter values as we need them, and its state when it did not tell it by itself. */
export const settleIn = async (
  { stationId, version }: Link,
  {
    call,
    records,
    connectors,
    log,
    booted,
  }: { call: Call; records: StationRecords; connectors: Connectors; log: Logger; booted: boolean },
): Promise<void> => {
  try {
    const station = booted ? await records.station(stationId) : undefined
    if (station) await (version === 'ocpp1.6' ? configure16(call, station, log) : configure2(call, station, log))
    else
      await (version === 'ocpp1.6' ? triggerMessage(call, 'StatusNotification') : trigger2(call, stationId, connectors))
  } catch (error) {
    if (!isWerenodeError(error)) throw error
    // The station charges with its own settings; the operator sees why in the log.
    log.info({ stationId, why: error.message }, 'The station was not configured')
  }
}

const configure16 = async (call: Call, station: Station, log: Logger): Promise<void> => {
  const settings = [
    ['MeterValueSampleInterval', String(station.meterIntervalS)],
    ['MeterValuesSampledData', 'Energy.Active.Import.Register,Power.Active.Import,SoC'],
  ] as const
  for (const [key, value] of settings) {
    const status = await changeConfiguration(call, key, value)
    if (status === 'Accepted' || status === 'RebootRequired') continue
    log.info({ stationId: station._id, key, value, status }, 'The station refused a setting')
    // AC stations know no state of charge, and refuse the whole list for it.
    if (key === 'MeterValuesSampledData')
      await changeConfiguration(call, key, 'Energy.Active.Import.Register,Power.Active.Import')
  }
}

const configure2 = async (call: Call, station: Station, log: Logger): Promise<void> => {
  const results = await setVariables(call, [
    { component: 'SampledDataCtrlr', variable: 'TxUpdatedInterval', value: String(station.meterIntervalS) },
    {
      component: 'SampledDataCtrlr',
      variable: 'TxUpdatedMeasurands',
      value: 'Energy.Active.Import.Register,Power.Active.Import,SoC',
    },
    { component: 'SampledDataCtrlr', variable: 'TxStartedMeasurands', value: 'Energy.Active.Import.Register' },
    { component: 'SampledDataCtrlr', variable: 'TxEndedMeasurands', value: 'Energy.Active.Import.Register' },
  ])
  for (const { variable, status } of results)
    if (status !== 'Accepted' && status !== 'RebootRequired')
      log.info({ stationId: station._id, variable, status }, 'The station refused a setting')
}

const trigger2 = async (call: Call, stationId: string, connectors: Connectors): Promise<void> => {
  for (const { evse, connector } of await connectors.all(stationId))
    if (evse > 0) await triggerMessage201(call, 'StatusNotification', { id: evse, connectorId: connector })
}
