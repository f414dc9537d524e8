import type { Connector, ConnectorStandard, Evse, Location, WriteOp } from '@werenode/core'
import type { LocationDoc, PlaceDoc, PlaceOffer, PowerByStandard } from './collections.ts'

/** The stored form of a location. */
export const locationDoc = (location: Location, extra: { importHash?: string; gone?: boolean } = {}): LocationDoc => ({
  ...location,
  _id: location.id,
  gone: extra.gone ?? false,
  ...(extra.importHash === undefined ? {} : { importHash: extra.importHash }),
})

/** The location inside its stored form. */
export const locationOf = ({ _id, _rev, gone, importHash, ...location }: LocationDoc): Location => location

/** A location goes into the store in one write with what searches find it by. `rev`: of the stored one; 0: new; undefined: whatever is there. */
export const writeLocation = (doc: LocationDoc, rev: number | undefined): readonly WriteOp[] => [
  rev === undefined
    ? { op: 'put', in: 'api_locations', doc }
    : rev === 0
      ? { op: 'insert', in: 'api_locations', doc }
      : { op: 'replace', in: 'api_locations', doc, rev },
  { op: 'put', in: 'api_places', doc: placeOf(doc) },
]

export const placeOf = (doc: LocationDoc): PlaceDoc => {
  const evses = doc.evses.filter(({ status }) => status !== 'REMOVED' && status !== 'PLANNED')
  const payable = evses.filter((evse) => evse.payable)
  const free = ({ status }: Evse) => status === 'AVAILABLE'
  const any = powerOf(evses)
  const { ANY: maxPowerW = 0, ...standards } = any
  return {
    _id: doc.id,
    id: doc.id,
    party: doc.party,
    operatorName: doc.operatorName,
    name: doc.name,
    address: doc.address,
    city: doc.city,
    ...(doc.postalCode === undefined ? {} : { postalCode: doc.postalCode }),
    position: doc.position,
    source: doc.source,
    evseCount: evses.length,
    availableCount: evses.filter(free).length,
    payable: payable.length > 0,
    maxPowerW,
    standards: Object.keys(standards) as ConnectorStandard[],
    lastUpdated: doc.lastUpdated,
    reach: {
      any,
      available: powerOf(evses.filter(free)),
      payable: powerOf(payable),
      payableAvailable: powerOf(payable.filter(free)),
    },
    gone: doc.gone,
    timeZone: doc.timeZone,
    ...(doc.openingHours === undefined ? {} : { hours: doc.openingHours }),
    accessible: doc.accessible === true,
    pays: {
      free: doc.paymentWords?.includes('free') ?? false,
      card: doc.paymentWords?.includes('card') ?? false,
      adHoc: payable.length > 0 || (doc.paymentWords?.includes('ad-hoc') ?? false),
    },
    offers: offersOf(payable),
  }
}

const offersOf = (evses: readonly Evse[]): readonly PlaceOffer[] => {
  const offers = new Map<string, PlaceOffer>()
  for (const { tariffIds, standard, maxPowerW: powerW } of evses.flatMap(({ connectors }) => connectors))
    offers.set(JSON.stringify([tariffIds, standard, powerW]), { tariffIds, standard, powerW })
  return [...offers.values()]
}

const powerOf = (evses: readonly Evse[]): PowerByStandard => {
  const highest: Partial<Record<ConnectorStandard | 'ANY', number>> = {}
  const raise = (key: ConnectorStandard | 'ANY', powerW: number): void => {
    highest[key] = Math.max(highest[key] ?? 0, powerW)
  }
  for (const { standard, maxPowerW } of evses.flatMap(({ connectors }): readonly Connector[] => connectors)) {
    raise(standard, maxPowerW)
    raise('ANY', maxPowerW)
  }
  return highest
}
