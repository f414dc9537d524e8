import { type ConnectorStatus, type EvseStatus, evseStatusOf } from '@werenode/core'

/** A connector that is in use says more about its EVSE than one that is free; a free one more than one out of order. */
const weight: Readonly<Record<EvseStatus, number>> = {
  CHARGING: 6,
  RESERVED: 5,
  BLOCKED: 4,
  AVAILABLE: 3,
  INOPERATIVE: 2,
  OUTOFORDER: 1,
  UNKNOWN: 0,
  PLANNED: 0,
  REMOVED: 0,
}

/** An EVSE charges one vehicle at a time, so its connectors' words are one word (OCPI 2.2.1 §8.3.2). */
export const statusOfConnectors = (words: readonly ConnectorStatus[]): EvseStatus =>
  words
    .map(evseStatusOf)
    .reduce<EvseStatus>((best, status) => (weight[status] > weight[best] ? status : best), 'UNKNOWN')
