import type { Connector as OwnConnector, Evse as OwnEvse, Location as OwnLocation } from '@werenode/core'
import { compact, cut } from '../model/map-context.ts'
import type { Connector, Evse, Location, PartyRef } from '../model/model.ts'
import { connectorTypes } from '../v230/objects.ts'
import { alpha3 } from './countries.ts'

/** Line to neutral for AC (mod_locations, Connector.max_voltage); DC by the class of the plug. */
const nominalVoltage = ({ powerType, maxPowerW }: OwnConnector): number =>
  powerType === 'DC' ? (maxPowerW > 50_000 ? 920 : 500) : 230
const phases = { AC_1_PHASE: 1, AC_2_PHASE: 2, AC_3_PHASE: 3, DC: 1 } as const

/** A connector of our catalogue; undefined when OCPI has no name for its plug. */
const connectorOf = (connector: OwnConnector, lastUpdated: string): Connector | undefined => {
  const standard = connector.standard === 'NACS' ? 'SAE_J3400' : connector.standard
  if (!(connectorTypes as readonly string[]).includes(standard)) return undefined
  const max_voltage = nominalVoltage(connector)
  return compact({
    id: String(connector.id),
    standard: standard as Connector['standard'],
    format: connector.format,
    power_type: connector.powerType,
    max_voltage,
    max_amperage: Math.round(connector.maxPowerW / max_voltage / phases[connector.powerType]),
    max_electric_power: Math.round(connector.maxPowerW),
    tariff_ids: (connector.tariffIds.length > 0 ? [...connector.tariffIds] : undefined) as string[],
    last_updated: lastUpdated,
  })
}

/** A household socket is a smart plug's, which switches and cannot limit: charging profiles are for the others. */
const capabilitiesOf = ({ connectors }: OwnEvse): NonNullable<Evse['capabilities']> => [
  'REMOTE_START_STOP_CAPABLE',
  'RFID_READER',
  'UNLOCK_CAPABLE',
  ...(connectors.every(({ standard }) => standard.startsWith('DOMESTIC'))
    ? []
    : (['CHARGING_PROFILE_CAPABLE'] as const)),
]

const evseOf = (evse: OwnEvse, lastUpdated: string): Evse | undefined => {
  const connectors = evse.connectors
    .map((connector) => connectorOf(connector, lastUpdated))
    .filter((connector) => connector !== undefined)
  if (connectors.length === 0) return undefined
  return compact({
    uid: evse.uid,
    evse_id: evse.evseId,
    status: evse.status,
    // RFID_READER is said aloud: without it partners tell their drivers that their cards do not work here (issue #571).
    capabilities: evse.station ? capabilitiesOf(evse) : (undefined as never),
    connectors,
    last_updated: evse.statusAt > lastUpdated ? lastUpdated : evse.statusAt,
  })
}

/** A location of our catalogue as OCPI's; undefined when its country has no code here. */
export const locationToOcpi = (location: OwnLocation, us: PartyRef, operatorName: string): Location | undefined => {
  const country = alpha3(location.countryCode)
  if (country === undefined) return undefined
  // The newest of its parts: OCPI asks that a location be as new as they are.
  const last_updated = location.evses.reduce(
    (at, { statusAt }) => (statusAt > at ? statusAt : at),
    location.lastUpdated,
  )
  return compact({
    ...us,
    id: location.id,
    publish: true,
    name: cut(location.name, 255),
    address: cut(location.address, 45),
    city: cut(location.city, 45),
    postal_code: location.postalCode as string,
    country,
    coordinates: {
      latitude: location.position.lat.toFixed(6),
      longitude: location.position.lon.toFixed(6),
    },
    evses: location.evses.map((evse) => evseOf(evse, last_updated)).filter((evse) => evse !== undefined),
    operator: { name: cut(location.operatorName || operatorName, 100) },
    time_zone: location.timeZone,
    ...(location.openingHours === '24/7' ? { opening_times: { twentyfourseven: true } } : {}),
    last_updated,
  })
}
