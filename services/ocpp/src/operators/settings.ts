import { type StationSetting, WerenodeError } from '@werenode/core'
import type { Setting } from '../keep/settings.ts'
import { parseVariableKey } from '../keep/variables.ts'
import type { StationConsole } from '../stations/console.ts'
import type { OcppVersion } from '../wire/version.ts'

/** A station's configuration (1.6) or device model (2.x), read and written by one name for each value. */
export interface SettingsEditor {
  /** As the station last confirmed them, by key. */
  list(stationId: string): Promise<readonly StationSetting[]>
  /** Asks the station; a report of 2.x comes page by page and is kept as it comes. */
  read(stationId: string, version: OcppVersion): Promise<readonly StationSetting[]>
  /** The station's own word: Accepted, RebootRequired, Rejected, NotSupported, UnknownVariable ... */
  put(stationId: string, version: OcppVersion, wanted: { key: string; value: string }): Promise<string>
}

const answerWithinMs = 20_000

export const createSettingsEditor = (stations: StationConsole): SettingsEditor => {
  const list: SettingsEditor['list'] = async (stationId) =>
    (await stations.dossier(stationId, 'setting')).map(({ key, value, at }) => {
      const setting = value as Omit<Setting, 'key'> & { readonly secret?: true }
      return {
        key,
        secret: setting.secret ?? false,
        readonly: setting.readonly ?? false,
        rebootRequired: setting.rebootRequired ?? false,
        at,
        ...(setting.value === undefined ? {} : { value: setting.value }),
      }
    })
  const call = (stationId: string, action: string, payload: object): Promise<unknown> =>
    stations.call(stationId, action, payload, { timeoutMs: answerWithinMs })

  return {
    list,
    read: async (stationId, version) => {
      if (version === 'ocpp1.6') await call(stationId, 'GetConfiguration', {})
      else {
        const requestId = Math.floor(Math.random() * 2 ** 31)
        const report = { requestId, reportBase: 'FullInventory' }
        const { status } = (await call(stationId, 'GetBaseReport', report)) as { status?: string }
        if (status !== 'Accepted' && status !== 'EmptyResultSet')
          throw new WerenodeError('station-refused', `Station ${stationId} does not report its variables: ${status}`, {
            hint: 'Ask for some of them by name: send GetVariables.',
          })
      }
      return list(stationId)
    },
    put: async (stationId, version, { key, value }) => {
      if (version === 'ocpp1.6') {
        const { status } = (await call(stationId, 'ChangeConfiguration', { key, value })) as { status?: string }
        return status ?? 'Rejected'
      }
      const named = parseVariableKey(key)
      if (!named)
        throw new WerenodeError('invalid-input', `"${key.slice(0, 80)}" names no variable of ${version}`, {
          hint: 'Write it Component.Variable, for example OCPPCommCtrlr.HeartbeatInterval, or EVSE#1.AvailabilityState.',
        })
      const { setVariableResult } = (await call(stationId, 'SetVariables', {
        setVariableData: [{ attributeValue: value, ...named }],
      })) as { setVariableResult?: readonly { attributeStatus?: string }[] }
      return setVariableResult?.[0]?.attributeStatus ?? 'Rejected'
    },
  }
}
