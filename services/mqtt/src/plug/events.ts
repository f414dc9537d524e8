import { type ConnectorStatus, type NewEvent, newEvent, subjectPart } from '@werenode/core'
import type { PlugTransaction, ReadingPoint } from './plug.ts'

const stationSubject = (stationId: string): string => `station.${subjectPart(stationId)}`
const subjectOf = ({ stationId, transactionId }: PlugTransaction): string =>
  `transaction.${subjectPart(stationId)}.${subjectPart(transactionId)}`

export const connectedEvent = (stationId: string, epoch: number, at: Date): NewEvent =>
  newEvent({
    id: `${stationId}/mqtt/${epoch}/up`,
    type: 'station.connected',
    at,
    subject: stationSubject(stationId),
    data: { stationId, protocol: 'mqtt', epoch },
  })

export const disconnectedEvent = (stationId: string, epoch: number, at: Date, reason: string): NewEvent =>
  newEvent({
    id: `${stationId}/mqtt/${epoch}/down`,
    type: 'station.disconnected',
    at,
    subject: stationSubject(stationId),
    data: { stationId, epoch, reason },
  })

export const statusEvent = (
  stationId: string,
  told: { at: Date; count: number; epoch: number; status: ConnectorStatus; errorCode?: string; info?: string },
): NewEvent =>
  newEvent({
    id: `${stationId}/mqtt/${told.epoch}/status/${told.at.getTime()}/${told.count}`,
    type: 'station.status',
    at: told.at,
    subject: stationSubject(stationId),
    data: {
      stationId,
      evse: 1,
      connector: 1,
      status: told.status,
      ...(told.errorCode === undefined ? {} : { errorCode: told.errorCode }),
      ...(told.info === undefined ? {} : { info: told.info }),
      stale: false,
    },
  })

/** Its id comes from its place among the plug's events: a reading is told once. */
export const readingEvent = (
  stationId: string,
  { wh, by, w, v, a, t, lq, on }: ReadingPoint,
  { at, count }: { at: number; count: number },
): NewEvent =>
  newEvent({
    id: `${stationId}/mqtt/reading/${at}/${count}`,
    type: 'station.reading',
    at: new Date(at),
    subject: stationSubject(stationId),
    data: {
      stationId,
      evse: 1,
      registerWh: Math.floor(wh),
      method: by,
      ...(w === undefined ? {} : { powerW: w }),
      ...(v === undefined ? {} : { voltageV: v }),
      ...(a === undefined ? {} : { currentA: a }),
      ...(t === undefined ? {} : { temperatureC: t }),
      ...(lq === undefined ? {} : { linkQuality: lq }),
      ...(on === undefined ? {} : { on }),
    },
  })

export const alarmEvent = (
  stationId: string,
  { kind, detail, at, address = '' }: { kind: string; detail: string; at: Date; address?: string },
): NewEvent =>
  newEvent({
    id: `${stationId}/mqtt/alarm/${kind}/${at.getTime()}/${address}`,
    type: 'station.alarm',
    at,
    subject: stationSubject(stationId),
    data: { stationId, kind, detail, address },
  })

export const startedEvent = (row: PlugTransaction): NewEvent =>
  newEvent({
    id: `${row._id}/started`,
    type: 'transaction.started',
    at: new Date(row.startedAt!),
    subject: subjectOf(row),
    data: {
      stationId: row.stationId,
      evse: 1,
      connector: 1,
      transactionId: row.transactionId,
      idTag: row.idTag,
      remoteStartId: row.remoteStartId,
      registerWh: row.startWh!,
      // Plugs have no clock worth the name: theirs and ours are the time of arrival.
      stationAt: row.startedAt!,
      receivedAt: row.startedAt!,
      offline: false,
    },
  })

export const meterEvent = (
  row: PlugTransaction,
  told: {
    at: Date
    count: number
    registerWh: number
    powerW?: number | undefined
    suspended: 'EV' | 'EVSE' | 'no'
    flags: readonly string[]
  },
): NewEvent =>
  newEvent({
    id: `${row._id}/meter/${told.at.getTime()}/${told.count}`,
    type: 'transaction.meter',
    at: told.at,
    subject: subjectOf(row),
    data: {
      stationId: row.stationId,
      transactionId: row.transactionId,
      stationAt: told.at.toISOString(),
      receivedAt: told.at.toISOString(),
      registerWh: told.registerWh,
      ...(told.powerW === undefined ? {} : { powerW: told.powerW }),
      suspended: told.suspended,
      offline: false,
      flags: told.flags,
    },
  })

export const endedEvent = (row: PlugTransaction, told: { at: Date; receivedAt: Date }): NewEvent =>
  newEvent({
    id: `${row._id}/ended${row.estimated ? '-estimated' : ''}`,
    type: 'transaction.ended',
    at: told.receivedAt,
    subject: subjectOf(row),
    data: {
      stationId: row.stationId,
      evse: 1,
      connector: 1,
      transactionId: row.transactionId,
      ...(row.endWh === undefined ? {} : { registerWh: row.endWh }),
      stationAt: told.at.toISOString(),
      receivedAt: told.receivedAt.toISOString(),
      reason: row.reason ?? 'Other',
      offline: row.estimated ?? false,
      estimated: row.estimated ?? false,
      flags: row.flags,
    },
  })
