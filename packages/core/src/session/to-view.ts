import { receiptedWh } from './metering.ts'
import type { SessionRecord } from './record.ts'
import type { SessionView } from './view.ts'

/** What everybody outside the manager sees of a session. */
export const toView = (record: SessionRecord): SessionView => ({
  id: record._id,
  state: record.state,
  door: record.door,
  driver: record.terms.driver,
  evseId: record.evseId,
  connector: record.connector,
  stationId: record.stationId,
  locationName: record.locationName,
  terms: record.terms,
  createdAt: record.createdAt,
  ...(record.startedAt === undefined ? {} : { startedAt: record.startedAt }),
  ...(record.endedAt === undefined ? {} : { endedAt: record.endedAt }),
  energyWh: receiptedWh(record),
  powerW: record.powerW,
  socPercent: record.socPercent,
  chargingSeconds: Math.floor(record.chargingMs / 1000),
  idleSeconds: Math.floor(record.idleMs / 1000),
  suspended: record.suspended,
  stationOffline: record.stationOffline,
  costMicro: record.costMicro,
  limitMicro: record.limitMicro,
  ...(record.stopReason === undefined ? {} : { stopReason: record.stopReason }),
  ...(record.message === undefined ? {} : { message: record.message }),
  flags: record.flags,
  ...(record.receipt === undefined ? {} : { receipt: record.receipt }),
  ...(record.receiptSignature === undefined ? {} : { receiptSignature: record.receiptSignature }),
  cosigned: record.cosignature !== undefined,
  ...(record.paidMicro === undefined ? {} : { paidMicro: record.paidMicro }),
  ...(record.returnedMicro === undefined ? {} : { returnedMicro: record.returnedMicro }),
  transactions: record.transactions,
  tariff: record.tariff,
  timeZone: record.timeZone,
})
