import { compact, cut, decimals4, known, listOf, NotExpressible } from '../model/map-context.ts'
import type { Cdr, CdrLocation, Connector, Evse, Location, Price, Session, Tariff, Token } from '../model/model.ts'
import { priceFields } from '../model/model.ts'
import type { VersionMapper } from '../versions/version.ts'
import * as objects from './objects.ts'
import * as words from './words.ts'

type Wire = Record<string, unknown>

/** OCPI 2.2.1 is the model but for what 2.3.0 added, which is left out on the way to a 2.2.1 partner. */
export const mapper221: VersionMapper = {
  locations: {
    schema: objects.location,
    fromWire: (wire) => wire as unknown as Location,
    toWire: (location) => locationTo221(location),
  },
  tariffs: {
    schema: objects.tariff,
    fromWire: (wire) => wire as unknown as Tariff,
    toWire: (tariff) => tariffTo221(tariff),
  },
  sessions: {
    schema: objects.session,
    fromWire: (wire) => wire as unknown as Session,
    toWire: (session) =>
      compact({
        ...session,
        kwh: decimals4(session.kwh),
        cdr_token: tokenTo221(session.cdr_token),
        total_cost: priceTo221(session.total_cost),
      }),
  },
  cdrs: {
    schema: objects.cdr,
    fromWire: (wire) => wire as unknown as Cdr,
    toWire: (cdr) => cdrTo221(cdr),
  },
  tokens: {
    schema: objects.token,
    fromWire: (wire) => wire as unknown as Token,
    toWire: (token) => tokenTo221(token),
  },
  hubclientinfo: {
    schema: objects.clientInfo,
    fromWire: (wire) => wire as never,
    toWire: (info) => info,
  },
}

export const priceTo221 = (price: Price | undefined): Wire | undefined =>
  price === undefined ? undefined : compact({ excl_vat: price.excl_vat, incl_vat: price.incl_vat })

const tokenTo221 = <T extends { readonly type: string }>(token: T): Wire => ({
  ...token,
  type: known([token.type], words.tokenTypes)?.[0] ?? 'OTHER',
})

const locationTo221 = ({ help_phone, parking_places, ...location }: Location): Wire =>
  compact({
    ...location,
    facilities: known(location.facilities, words.facilities),
    images: listOf(location.images, imageTo221),
    evses: listOf(location.evses, evseTo221),
    publish_allowed_to: listOf(location.publish_allowed_to, (one) => tokenTypeKnown(one)),
  })

const tokenTypeKnown = <T extends { readonly type?: string }>(one: T): T | undefined =>
  one.type === undefined || known([one.type], words.tokenTypes) ? one : undefined

export const imageTo221 = <T extends { readonly category: string }>(image: T): T => ({
  ...image,
  category: known([image.category], words.imageCategories)?.[0] ?? 'OTHER',
})

/** An EVSE none of whose connectors has a name in this version cannot be shown in it: `connectors` must not be empty. */
const evseTo221 = ({ parking, accepted_service_providers, ...evse }: Evse): Wire | undefined => {
  const connectors = listOf(evse.connectors, connectorTo221)
  if (connectors === undefined || connectors.length === 0) return undefined
  return compact({
    ...evse,
    connectors,
    capabilities: known(evse.capabilities, words.capabilities),
    parking_restrictions: known(evse.parking_restrictions, words.parkingRestrictions),
    images: listOf(evse.images, imageTo221),
  })
}

const connectorTo221 = ({ capabilities, ...connector }: Connector): Wire | undefined =>
  known([connector.standard], words.connectorTypes) ? connector : undefined

/** mod_tariffs: a 2.2.1 price never holds taxes. */
export const tariffTo221 = ({ tax_included, ...tariff }: Tariff): Wire => {
  if (tax_included !== 'YES') return tariff
  return {
    ...tariff,
    elements: tariff.elements.map((element) => ({ ...element, price_components: element.price_components.map(netOf) })),
  }
}

const netOf = (component: Tariff['elements'][number]['price_components'][number]) => {
  if (component.price === 0) return component
  if (component.vat === undefined) throw new NotExpressible('A price holds taxes at a rate the tariff does not tell')
  const net = decimals4((component.price * 100) / (100 + component.vat))
  if (Math.abs((net * (100 + component.vat)) / 100 - component.price) > 1e-9)
    throw new NotExpressible(
      `The price ${component.price} without its VAT of ${component.vat} % has more than 4 decimals`,
    )
  return { ...component, price: net }
}

export const cdrLocationTo = (location: CdrLocation, standards: readonly string[]): Wire => {
  if (!standards.includes(location.connector_standard))
    throw new NotExpressible(`The connector ${location.connector_standard} has no name in this version`)
  return {
    ...location,
    address: cut(location.address, 45),
    city: cut(location.city, 45),
    ...(location.state === undefined ? {} : { state: cut(location.state, 20) }),
  }
}

const cdrTo221 = (cdr: Cdr): Wire => {
  const wire: Wire = {
    ...cdr,
    cdr_token: tokenTo221(cdr.cdr_token),
    cdr_location: cdrLocationTo(cdr.cdr_location, words.connectorTypes),
  }
  for (const field of priceFields) if (cdr[field] !== undefined) wire[field] = priceTo221(cdr[field])
  if (cdr.tariffs !== undefined) wire.tariffs = cdr.tariffs.map(tariffTo221)
  return compact(wire)
}
