import type { Evse, Location } from '@werenode/core'
import type { NewLocation } from '@werenode/sdk'

type NewEvse = NewLocation['evses'][number]

/** An EVSE as its operator describes it; what its station tells is left out. */
export const evseBody = ({ evseId, station, payable, connectors }: Evse): NewEvse => ({
  evseId,
  payable,
  ...(station === undefined ? {} : { station: { stationId: station.stationId, evse: station.evse } }),
  connectors: connectors.map(({ id, standard, format, powerType, maxPowerW, tariffIds, meterCertified }) => ({
    id,
    standard,
    format,
    powerType,
    maxPowerW,
    tariffIds: [...tariffIds],
    ...(meterCertified === undefined ? {} : { meterCertified }),
  })),
})

export const presentEvses = ({ evses }: Location): readonly Evse[] => evses.filter(({ status }) => status !== 'REMOVED')

/** A place as its operator describes it, so that one part of it can be changed and the rest stays. */
export const placeBody = (place: Location, evses: readonly NewEvse[]): NewLocation => {
  const { name, operatorName, address, city, postalCode, countryCode, position, timeZone } = place
  const { openingHours, access, accessible, facilities } = place
  return {
    name,
    operatorName,
    address,
    city,
    countryCode,
    position: { lon: position.lon, lat: position.lat },
    timeZone,
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(openingHours === undefined ? {} : { openingHours }),
    ...(access === undefined ? {} : { access }),
    ...(accessible === undefined ? {} : { accessible }),
    ...(facilities === undefined ? {} : { facilities: [...facilities] }),
    evses,
  }
}
