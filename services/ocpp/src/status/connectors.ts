import type { Bus, ConnectorStatus, Doc, Store } from '@werenode/core'
import { newEvent, subjectPart } from '@werenode/core'

/** The last word of a connector, by its own clock. */
export interface ConnectorState extends Doc {
  /** `<stationId>/<evse>/<connector>` */
  readonly _id: string
  readonly stationId: string
  readonly evse: number
  readonly connector: number
  readonly status: ConnectorStatus
  readonly errorCode?: string
  readonly info?: string
  readonly vendorErrorCode?: string
  /** By the station's clock. */
  readonly at: string
  readonly receivedAt: string
}

export type Suspended = 'EV' | 'EVSE' | 'no'

export interface StatusReport {
  readonly stationId: string
  readonly epoch: number
  readonly evse: number
  readonly connector: number
  readonly status: ConnectorStatus
  readonly errorCode?: string | undefined
  readonly info?: string | undefined
  readonly vendorErrorCode?: string | undefined
  readonly at: Date | undefined
  readonly receivedAt: Date
}

export interface Connectors {
  /** Keeps a report. Stale ones (older, by the station's clock, than what is known) are told as such and change nothing live. */
  report(report: StatusReport): Promise<{ stale: boolean; changed: boolean }>
  /** Whether the connector pauses, as far as StatusNotification tells (1.6). */
  suspendedOf(stationId: string, evse: number): Suspended | undefined
  get(stationId: string, evse: number, connector: number): Promise<ConnectorState | undefined>
  all(stationId: string): Promise<readonly ConnectorState[]>
}

interface Told {
  readonly epoch: number
  readonly words: string
  readonly status: ConnectorStatus
}

export const createConnectors = ({ store, bus }: { store: Store; bus: Bus }): Connectors => {
  // Of this process's links: what was last told under which epoch, so that repetitions cost nothing.
  const told = new Map<string, Map<number, Told>>()
  /** Every reading asks for one: no text is made for it. */
  const placeOf = (evse: number, connector: number) => evse * 2 ** 21 + connector
  const keyOf = (stationId: string, evse: number, connector: number) => `${stationId}/${evse}/${connector}`

  return {
    report: async (report) => {
      const { stationId, evse, connector, status, receivedAt } = report
      const key = keyOf(stationId, evse, connector)
      const at = report.at ?? receivedAt
      const known = await store.get<ConnectorState>('ocpp_connectors', key)
      const stale = known !== undefined && isStale(known, at, receivedAt)
      const words = [status, report.errorCode, report.info, report.vendorErrorCode].join('|')
      const last = told.get(stationId)?.get(placeOf(evse, connector))
      const changed = known?.status !== status
      if (!stale && last?.words === words && last.epoch === report.epoch) return { stale, changed: false }

      const row: ConnectorState = {
        _id: key,
        stationId,
        evse,
        connector,
        status,
        ...(report.errorCode === undefined || report.errorCode === 'NoError' ? {} : { errorCode: report.errorCode }),
        ...(report.info === undefined ? {} : { info: report.info }),
        ...(report.vendorErrorCode === undefined ? {} : { vendorErrorCode: report.vendorErrorCode }),
        at: at.toISOString(),
        receivedAt: receivedAt.toISOString(),
      }
      const event = newEvent({
        id: `${key}/status/${at.getTime()}/${receivedAt.getTime()}/${status}`,
        type: 'station.status',
        at: receivedAt,
        subject: `station.${subjectPart(stationId)}`,
        data: {
          stationId,
          evse,
          connector,
          status,
          ...(row.errorCode === undefined ? {} : { errorCode: row.errorCode }),
          ...(row.info === undefined ? {} : { info: row.info }),
          stale,
        },
      })
      await bus.commit(stale ? [] : [{ op: 'put', in: 'ocpp_connectors', doc: row }], [event])
      if (!stale) {
        const ofStation = told.get(stationId) ?? new Map<number, Told>()
        told.set(stationId, ofStation)
        ofStation.set(placeOf(evse, connector), { epoch: report.epoch, words, status })
      }
      return { stale, changed: !stale && changed }
    },
    suspendedOf: (stationId, evse) => {
      const status = told.get(stationId)?.get(placeOf(evse, 1))?.status
      if (status === 'SuspendedEV') return 'EV'
      if (status === 'SuspendedEVSE') return 'EVSE'
      return status === 'Charging' ? 'no' : undefined
    },
    get: (stationId, evse, connector) => store.get('ocpp_connectors', keyOf(stationId, evse, connector)),
    all: async (stationId) =>
      (await store.find<ConnectorState>('ocpp_connectors', { stationId }, { limit: 1000 })).items,
  }
}

/**
 * Older by the station's clock. A report that is fresh by our own clock is never stale: the station's clock may have been set back
 * since; and a remembered time that still lies ahead was told by a wrong clock and counts for nothing.
 */
const isStale = (known: ConnectorState, at: Date, receivedAt: Date): boolean => {
  const knownAt = new Date(known.at).getTime()
  const isFresh = Math.abs(at.getTime() - receivedAt.getTime()) < 120_000
  const knownIsAhead = knownAt > receivedAt.getTime() + 300_000
  return !isFresh && !knownIsAhead && at.getTime() < knownAt
}
