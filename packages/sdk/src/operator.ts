import type {
  EventEnvelope,
  Location,
  NewPlugRequest,
  Party,
  PlugAlarm,
  PlugFamilyView,
  PlugReading,
  PlugRecording,
  PlugRecordingStart,
  PlugSetup,
  PlugView,
} from '@werenode/core'
import { follow } from './event-source.ts'
import type { Http } from './http.ts'

/** What a party's plugs tell while they run. */
export type PlugEvent = {
  [T in 'station.reading' | 'station.status' | 'station.alarm' | 'station.connected' | 'station.disconnected']: {
    readonly type: T
    readonly at: string
    readonly data: EventEnvelope<T>['data']
  }
}['station.reading' | 'station.status' | 'station.alarm' | 'station.connected' | 'station.disconnected']

/** A location as its operator describes it; statuses come from the stations. */
export type NewLocation = Omit<
  Location,
  'id' | 'party' | 'source' | 'lastUpdated' | 'evses' | 'paymentWords' | 'tariffWords'
> & {
  readonly evses: readonly Pick<Location['evses'][number], 'evseId' | 'station' | 'payable' | 'connectors'>[]
}

/** A node, from an operator's side. The login must work for the party, or run the node. */
export interface Operator {
  /**
   * Families of smart plugs the node knows, and what must be known of a device.
   *
   * @example
   * const { items } = await werenode.operator('FR*ABC' as Party).plugFamilies()
   */
  plugFamilies(): Promise<{ readonly items: readonly PlugFamilyView[] }>
  /**
   * Lets a plug in; the answer says how to set up the device. The password is shown once.
   *
   * @example
   * const { settings, command } = await operator.addPlug({ plugId: 'GARAGE', family: 'tasmota', variables: { topic: 'tasmota_A1B2C3' }, ratedPowerW: 2300 })
   */
  addPlug(plug: Omit<NewPlugRequest, 'party'>): Promise<PlugSetup>
  /** Teaches the node a family of devices (docs/mqtt-device-profiles.md); only for who runs the node. */
  putPlugFamily(profile: Readonly<Record<string, unknown>>): Promise<PlugFamilyView>
  /** A name and password for a household's Home Assistant; only for who runs the node. */
  addPlugObserver(name: string): Promise<{ readonly username: string; readonly password: string }>
  /** Lets an unknown device in under one topic for a while. */
  recordPlug(wanted: { readonly prefix: string; readonly seconds: number }): Promise<PlugRecordingStart>
  /** What it said so far, and when `done` what fits it. */
  plugRecording(recordingId: string): Promise<PlugRecording>
  plugs(): Promise<{ readonly items: readonly PlugView[] }>
  plug(plugId: string): Promise<PlugView>
  removePlug(plugId: string): Promise<void>
  /** A new password for the device; the old one ends at once. */
  rekeyPlug(plugId: string): Promise<{ readonly username: string; readonly password: string }>
  /** Newest first, `from` <= at < `to`. */
  plugReadings(
    plugId: string,
    query?: { readonly from?: Date; readonly to?: Date; readonly limit?: number },
  ): Promise<{ readonly items: readonly PlugReading[] }>
  plugAlarms(limit?: number): Promise<{ readonly items: readonly PlugAlarm[] }>
  /**
   * Readings, statuses and alarms as they come, through lost connections.
   *
   * @example
   * for await (const event of operator.plugEvents())
   *   if (event.type === 'station.reading') console.log(event.data.stationId, event.data.powerW)
   */
  plugEvents(options?: { readonly signal?: AbortSignal }): AsyncGenerator<PlugEvent, void, void>
  /** Puts a tariff in OCPI 2.2.1's form; connectors name it by its id. */
  putTariff(tariffId: string, tariff: Readonly<Record<string, unknown>>): Promise<unknown>
  putLocation(locationId: string, location: NewLocation): Promise<Location>
}

export const createOperator = (http: Http, party: Party): Operator => {
  const base = `/v1/parties/${encodeURIComponent(party)}`
  const plugPath = (plugId: string): string => `${base}/plugs/${encodeURIComponent(plugId)}`
  return {
    plugFamilies: () => http.json('/v1/plug-families'),
    addPlug: (plug) => http.json(`${base}/plugs`, { method: 'POST', body: plug }),
    putPlugFamily: (profile) => http.json('/v1/plug-families', { method: 'POST', body: profile }),
    addPlugObserver: (name) => http.json('/v1/plug-observers', { method: 'POST', body: { name } }),
    recordPlug: (wanted) => http.json(`${base}/plug-recordings`, { method: 'POST', body: wanted }),
    plugRecording: (recordingId) => http.json(`${base}/plug-recordings/${encodeURIComponent(recordingId)}`),
    plugs: () => http.json(`${base}/plugs`),
    plug: (plugId) => http.json(plugPath(plugId)),
    removePlug: (plugId) => http.json(plugPath(plugId), { method: 'DELETE' }),
    rekeyPlug: (plugId) => http.json(`${plugPath(plugId)}/rekey`, { method: 'POST' }),
    plugReadings: (plugId, { from, to, limit } = {}) =>
      http.json(`${plugPath(plugId)}/readings`, {
        query: { from: from?.toISOString(), to: to?.toISOString(), limit },
      }),
    plugAlarms: (limit) => http.json(`${base}/plug-alarms`, { query: { limit } }),
    async *plugEvents({ signal } = {}) {
      for await (const { data } of follow(http, `${base}/plug-events`, signal ? { signal } : {})) {
        const { type, at, data: told } = data as EventEnvelope
        yield { type, at, data: told } as PlugEvent
      }
    },
    putTariff: (tariffId, tariff) =>
      http.json(`${base}/tariffs/${encodeURIComponent(tariffId)}`, { method: 'PUT', body: tariff }),
    putLocation: (locationId, location) =>
      http.json(`${base}/locations/${encodeURIComponent(locationId)}`, { method: 'PUT', body: location }),
  }
}
