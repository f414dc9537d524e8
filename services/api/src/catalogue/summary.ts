import type { ConnectorStandard } from '@werenode/core'
import type { LocationSummary } from '../contract/schemas/locations.ts'
import type { LocationDoc } from './collections.ts'

/** A location as lists and maps show it. */
export const summaryOf = (doc: LocationDoc, distanceM?: number): LocationSummary => {
  const { ANY: maxPowerW = 0, ...standards } = doc.reach.any
  return {
    id: doc.id,
    party: doc.party,
    operatorName: doc.operatorName,
    name: doc.name,
    address: doc.address,
    city: doc.city,
    ...(doc.postalCode === undefined ? {} : { postalCode: doc.postalCode }),
    position: doc.position,
    source: doc.source,
    evseCount: doc.evses.length,
    availableCount: doc.evses.reduce((count, { status }) => count + (status === 'AVAILABLE' ? 1 : 0), 0),
    payable: doc.reach.payable.ANY !== undefined,
    maxPowerW,
    standards: Object.keys(standards) as ConnectorStandard[],
    ...(distanceM === undefined ? {} : { distanceM: Math.round(distanceM) }),
    lastUpdated: doc.lastUpdated,
  }
}
