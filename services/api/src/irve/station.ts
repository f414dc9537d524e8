import { createHash } from 'node:crypto'
import type { Evse, Location } from '@werenode/core'
import { type Commune, readAddress } from './address.ts'
import { timeZoneOfCommune } from './position.ts'
import type { IrvePoint } from './row.ts'

/** A station's points as one location: shown, never payable. */
export const locationOfStation = (
  points: readonly [IrvePoint, ...IrvePoint[]],
  communes: ReadonlyMap<string, Commune>,
): Location => {
  const [first] = points
  const updatedOn = points.reduce(
    (latest, point) => (point.updatedOn > latest ? point.updatedOn : latest),
    first.updatedOn,
  )
  const where = readAddress(first.addressText, communes.get(first.communeCode))
  const lastUpdated = `${updatedOn}T00:00:00.000Z`
  return {
    id: `irve-${first.stationKey}`,
    party: first.party,
    operatorName: first.operatorName,
    name: first.stationName || where.address,
    ...where,
    countryCode: first.party.slice(0, 2),
    position: first.position,
    timeZone: timeZoneOfCommune(first.communeCode),
    ...(first.openingHours === '' ? {} : { openingHours: first.openingHours }),
    ...(first.access === '' ? {} : { access: first.access }),
    ...(first.paymentWords.length === 0 ? {} : { paymentWords: first.paymentWords }),
    ...(first.tariffWords === '' ? {} : { tariffWords: first.tariffWords }),
    ...(first.accessible === undefined ? {} : { accessible: first.accessible }),
    evses: points.map(
      (point): Evse => ({
        uid: point.evseId,
        evseId: point.evseId,
        status: 'UNKNOWN',
        statusAt: lastUpdated,
        connectors: point.connectors,
        payable: false,
      }),
    ),
    source: 'irve',
    lastUpdated,
  }
}

/** Bump when the same file would be read or stored differently: everything is then written anew. */
export const readerVersion = 3

/** The same content has the same hash, so that importing it again writes nothing. */
export const importHashOf = (location: Location): string =>
  createHash('sha256')
    .update(`${readerVersion}\n${JSON.stringify(location)}`)
    .digest('base64url')
    .slice(0, 22)
