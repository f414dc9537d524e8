import { compact, cut, decimals4, known, listOf, type MapContext, NotExpressible } from '../model/map-context.ts'
import type {
  Cdr,
  CdrLocation,
  ChargingPeriod,
  Connector,
  Evse,
  Location,
  Session,
  Tariff,
  Token,
} from '../model/model.ts'
import type { Infer } from '../schema/schema.ts'
import { imageTo221, tariffTo221 } from '../v221/mapper.ts'
import type { VersionMapper } from '../versions/version.ts'
import * as objects from './objects.ts'

type Wire = Record<string, unknown>
type Location211 = Infer<typeof objects.location>
type Session211 = Infer<typeof objects.session>
type Cdr211 = Infer<typeof objects.cdr>
type Token211 = Infer<typeof objects.token>
type Tariff211 = Infer<typeof objects.tariff>

/** OCPI 2.1.1: other names, whole locations inside sessions and CDRs, no owner in the object, prices without VAT. */
export const mapper211: VersionMapper = {
  locations: {
    schema: objects.location,
    fromWire: (wire, { owner }) => locationFrom211(wire as unknown as Location211, owner),
    toWire: (location) => locationTo211(location),
  },
  tariffs: {
    schema: objects.tariff,
    fromWire: (wire, { owner }) => tariffFrom211(wire as unknown as Tariff211, owner),
    toWire: (tariff) => tariffTo211(tariff),
  },
  sessions: {
    schema: objects.session,
    fromWire: (wire, context) => sessionFrom211(wire as unknown as Session211, context),
    toWire: (session, context) => sessionTo211(session, context),
  },
  cdrs: {
    schema: objects.cdr,
    fromWire: (wire, context) => cdrFrom211(wire as unknown as Cdr211, context),
    toWire: (cdr, context) => cdrTo211(cdr, context),
  },
  tokens: {
    schema: objects.token,
    fromWire: (wire, { owner }) => tokenFrom211(wire as unknown as Token211, owner),
    toWire: (token) => tokenTo211(token),
  },
}

const typeOf: Readonly<Record<string, Location['parking_type']>> = {
  ON_STREET: 'ON_STREET',
  PARKING_GARAGE: 'PARKING_GARAGE',
  UNDERGROUND_GARAGE: 'UNDERGROUND_GARAGE',
  PARKING_LOT: 'PARKING_LOT',
}

const energyFrom = (mix: Location211['energy_mix']): Location['energy_mix'] =>
  mix &&
  compact({
    ...mix,
    environ_impact: listOf(mix.environ_impact, ({ source, amount }) => ({ category: source, amount })) as never,
  })
const energyTo = (mix: Location['energy_mix']): Wire | undefined =>
  mix &&
  compact({
    ...mix,
    environ_impact: listOf(mix.environ_impact, ({ category, amount }) => ({ source: category, amount })),
  })

export const locationFrom211 = (
  { type, opening_times, energy_mix, evses, ...wire }: Location211,
  owner: MapContext['owner'],
): Location =>
  compact({
    country_code: owner.country_code,
    party_id: owner.party_id,
    ...wire,
    publish: true,
    // mod_locations 3.1: optional here, required from 2.2 on; UTC is the reading that moves no tariff by a guess.
    time_zone: wire.time_zone ?? 'UTC',
    parking_type: typeOf[type] as never,
    opening_times: opening_times && { ...opening_times, twentyfourseven: opening_times.twentyfourseven ?? false },
    energy_mix: energyFrom(energy_mix) as never,
    evses: listOf(evses, evseFrom211) as never,
  }) as Location

const evseFrom211 = (evse: NonNullable<Location211['evses']>[number]): Evse => ({
  ...evse,
  connectors: evse.connectors.map(({ voltage, amperage, tariff_id, ...connector }) => ({
    ...connector,
    max_voltage: voltage,
    max_amperage: amperage,
    ...(tariff_id === undefined ? {} : { tariff_ids: [tariff_id] }),
  })),
})

const point = (text: string): string => Number(text).toFixed(6)
const pointOf = <T extends { readonly latitude: string; readonly longitude: string }>(place: T): T => ({
  ...place,
  latitude: point(place.latitude),
  longitude: point(place.longitude),
})

export const locationTo211 = (location: Location): Wire => {
  const {
    country_code,
    party_id,
    publish,
    publish_allowed_to,
    state,
    parking_type,
    parking_places,
    help_phone,
    ...rest
  } = location
  return compact({
    ...rest,
    type: (parking_type !== undefined && typeOf[parking_type]) || 'UNKNOWN',
    address: cut(location.address, 45),
    postal_code: location.postal_code ?? '',
    coordinates: pointOf(location.coordinates),
    related_locations: listOf(location.related_locations, pointOf),
    facilities: known(location.facilities, objects.facilities),
    images: listOf(location.images, imageTo221),
    opening_times: hoursTo(location.opening_times),
    energy_mix: energyTo(location.energy_mix),
    evses: listOf(location.evses, evseTo211),
  })
}

/** mod_locations 4.13: a choice, so the half that is not chosen is left out. */
const hoursTo = (hours: Location['opening_times']): Wire | undefined => {
  if (hours === undefined) return undefined
  const { twentyfourseven, regular_hours, ...rest } = hours
  return twentyfourseven ? { ...rest, twentyfourseven } : compact({ ...rest, regular_hours })
}

export const evseTo211 = ({ parking, accepted_service_providers, ...evse }: Evse): Wire | undefined => {
  const connectors = listOf(evse.connectors, connectorTo211)
  if (connectors === undefined || connectors.length === 0) return undefined
  return compact({
    ...evse,
    connectors,
    coordinates: evse.coordinates && pointOf(evse.coordinates),
    capabilities: known(evse.capabilities, objects.capabilities),
    parking_restrictions: known(evse.parking_restrictions, [
      'EV_ONLY',
      'PLUGGED',
      'DISABLED',
      'CUSTOMERS',
      'MOTORCYCLES',
    ]),
    images: listOf(evse.images, imageTo221),
  })
}

const powerTo211 = (type: string) => (type.startsWith('AC_2') ? 'AC_1_PHASE' : type)
export const connectorTo211 = (connector: Connector): Wire | undefined => {
  const { max_voltage, max_amperage, max_electric_power, tariff_ids, capabilities, ...rest } = connector
  if (!known([connector.standard], objects.connectorTypes)) return undefined
  return compact({
    ...rest,
    power_type: powerTo211(connector.power_type),
    voltage: max_voltage,
    amperage: max_amperage,
    tariff_id: tariff_ids?.[0],
  })
}

const tariffFrom211 = ({ energy_mix, ...wire }: Tariff211, owner: MapContext['owner']): Tariff =>
  compact({
    country_code: owner.country_code,
    party_id: owner.party_id,
    ...wire,
    energy_mix: energyFrom(energy_mix) as never,
  }) as Tariff

/**
 * mod_tariffs 3.1 knows net prices without limits, dates and reservations. What would be cheaper or dearer without the missing
 * words is not sent at all: a wrong price is worse than none.
 */
const tariffTo211 = (tariff: Tariff): Wire => {
  const unsayable = (['min_price', 'max_price', 'start_date_time', 'end_date_time'] as const).find(
    (field) => tariff[field] !== undefined,
  )
  if (unsayable !== undefined) throw new NotExpressible(`OCPI 2.1.1 has no ${unsayable} in a tariff`)
  const { country_code, party_id, type, energy_mix, ...net } = tariffTo221(tariff) as unknown as Tariff
  return compact({
    ...net,
    energy_mix: energyTo(energy_mix),
    elements: net.elements.map(({ price_components, restrictions }) => {
      const strange =
        restrictions &&
        (['min_current', 'max_current', 'reservation'] as const).find((name) => restrictions[name] !== undefined)
      if (strange) throw new NotExpressible(`OCPI 2.1.1 has no tariff restriction ${strange}`)
      return compact({ price_components: price_components.map(({ vat, ...component }) => component), restrictions })
    }),
  })
}

const tokenFrom211 = ({ auth_id, ...token }: Token211, owner: MapContext['owner']): Token => ({
  country_code: owner.country_code,
  party_id: owner.party_id,
  ...token,
  contract_id: auth_id,
})

export const tokenTo211 = (token: Token): Wire => {
  const { country_code, party_id, contract_id, group_id, default_profile_type, energy_contract, ...rest } = token
  return { ...rest, type: token.type === 'RFID' ? 'RFID' : 'OTHER', auth_id: contract_id }
}

const dimensionsTo = (periods: readonly ChargingPeriod[] | undefined) =>
  listOf(periods, ({ start_date_time, dimensions }) => {
    const kept = dimensions.filter(({ type }) => known([type], objects.cdrDimensions))
    // A period must have a dimension (4.4 "+"): one that only had newer ones took no time that is billed.
    return { start_date_time, dimensions: kept.length > 0 ? kept : [{ type: 'TIME', volume: 0 }] }
  })
const periodsFrom = (periods: Cdr211['charging_periods'] | undefined): ChargingPeriod[] | undefined =>
  listOf(periods, ({ start_date_time, dimensions }) => {
    const kept = dimensions.filter(({ type }) => type !== 'FLAT')
    return {
      start_date_time,
      dimensions: (kept.length > 0 ? kept : [{ type: 'TIME', volume: 0 }]) as ChargingPeriod['dimensions'],
    }
  })

/** 2.1.1 names the contract (auth_id); the card itself is known only when it is among our own. */
const cdrTokenFrom = (authId: string, { holder, token }: MapContext): Cdr['cdr_token'] => ({
  country_code: token?.country_code ?? holder.country_code,
  party_id: token?.party_id ?? holder.party_id,
  uid: token?.uid ?? authId,
  type: token?.type ?? 'OTHER',
  contract_id: authId,
})

const plugOf = (location: Location211) => {
  const evse = location.evses?.[0]
  return { location_id: location.id, evse_uid: evse?.uid ?? '#NA', connector_id: evse?.connectors[0]?.id ?? '#NA' }
}

const sessionFrom211 = (wire: Session211, context: MapContext): Session => {
  const { start_datetime, end_datetime, auth_id, auth_method, location, charging_periods, total_cost, ...rest } = wire
  return compact({
    country_code: context.owner.country_code,
    party_id: context.owner.party_id,
    ...rest,
    start_date_time: start_datetime,
    end_date_time: end_datetime as string,
    cdr_token: cdrTokenFrom(auth_id, context),
    auth_method,
    ...plugOf(location),
    charging_periods: periodsFrom(charging_periods) as never,
    total_cost: total_cost === undefined ? undefined : ({ excl_vat: total_cost } as never),
  }) as unknown as Session
}

const sessionTo211 = (session: Session, context: MapContext): Wire =>
  compact({
    id: session.id,
    start_datetime: session.start_date_time,
    end_datetime: session.end_date_time,
    kwh: decimals4(session.kwh),
    auth_id: session.cdr_token.contract_id,
    auth_method: session.auth_method === 'WHITELIST' ? 'WHITELIST' : 'AUTH_REQUEST',
    location: plugLocation(session, context),
    meter_id: session.meter_id,
    currency: session.currency,
    charging_periods: dimensionsTo(session.charging_periods),
    total_cost: session.total_cost?.excl_vat,
    status: session.status === 'RESERVATION' ? 'PENDING' : session.status,
    last_updated: session.last_updated,
  })

interface Plug {
  readonly location_id: string
  readonly evse_uid: string
  readonly connector_id: string
}
const plugLocation = (plug: Plug, { location }: MapContext): Wire => {
  const evse = location?.evses?.find(({ uid }) => uid === plug.evse_uid)
  const connector = evse?.connectors.find(({ id }) => id === plug.connector_id)
  if (location === undefined || evse === undefined || connector === undefined)
    throw new NotExpressible(
      `OCPI 2.1.1 needs the whole location ${plug.location_id}, which is not known here any more`,
    )
  return locationTo211({ ...location, evses: [{ ...evse, connectors: [connector] }] })
}

const cdrFrom211 = (wire: Cdr211, context: MapContext): Cdr => {
  const { stop_date_time, auth_id, location, charging_periods, total_cost, tariffs, ...rest } = wire
  return compact({
    country_code: context.owner.country_code,
    party_id: context.owner.party_id,
    ...rest,
    end_date_time: stop_date_time,
    cdr_token: cdrTokenFrom(auth_id, context),
    cdr_location: cdrLocationFrom(location),
    charging_periods: periodsFrom(charging_periods)!,
    tariffs: listOf(tariffs, (tariff) => tariffFrom211(tariff, context.owner)) as never,
    total_cost: { excl_vat: total_cost },
    ...(total_cost < 0 ? { credit: true } : {}),
  }) as Cdr
}

const cdrLocationFrom = (location: Location211): CdrLocation => {
  const evse = location.evses?.[0]
  const connector = evse?.connectors[0]
  const { id, name, address, city, postal_code, country, coordinates } = location
  return compact({
    id,
    name: name as string,
    address,
    city,
    postal_code,
    country,
    coordinates,
    evse_uid: evse?.uid ?? '#NA',
    evse_id: evse?.evse_id ?? '#NA',
    connector_id: connector?.id ?? '#NA',
    connector_standard: connector?.standard ?? ('UNKNOWN' as never),
    connector_format: connector?.format ?? ('UNKNOWN' as never),
    connector_power_type: connector?.power_type ?? ('UNKNOWN' as never),
  })
}

const cdrTo211 = (cdr: Cdr, context: MapContext): Wire =>
  compact({
    id: cdr.id,
    start_date_time: cdr.start_date_time,
    stop_date_time: cdr.end_date_time,
    auth_id: cdr.cdr_token.contract_id,
    auth_method: cdr.auth_method === 'WHITELIST' ? 'WHITELIST' : 'AUTH_REQUEST',
    location: plugLocation(
      {
        location_id: cdr.cdr_location.id,
        evse_uid: cdr.cdr_location.evse_uid,
        connector_id: cdr.cdr_location.connector_id,
      },
      context,
    ),
    meter_id: cdr.meter_id,
    currency: cdr.currency,
    tariffs: listOf(cdr.tariffs, (tariff) => tariffOrNone(tariff)),
    charging_periods: dimensionsTo(cdr.charging_periods),
    total_cost: cdr.total_cost.excl_vat,
    total_energy: cdr.total_energy,
    total_time: cdr.total_time,
    total_parking_time: cdr.total_parking_time,
    remark: cdr.remark,
    last_updated: cdr.last_updated,
  })

/** `tariffs` is optional: a tariff that 2.1.1 cannot say is left out, the cost stays. */
const tariffOrNone = (tariff: Tariff): Wire | undefined => {
  try {
    return tariffTo211(tariff)
  } catch (error) {
    if (error instanceof NotExpressible) return undefined
    throw error
  }
}
