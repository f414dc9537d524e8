import type { Connector, Evse, Location } from '@werenode/core'
import { z } from 'zod'
import { amountMicro, evseId, isoTime, ocpiTariff, party } from './primitives.ts'

export const connectorStandard = z
  .enum([
    'IEC_62196_T2',
    'IEC_62196_T2_COMBO',
    'CHADEMO',
    'DOMESTIC_E',
    'DOMESTIC_F',
    'IEC_62196_T1',
    'IEC_62196_T1_COMBO',
    'IEC_62196_T3C',
    'TESLA_S',
    'NACS',
    'UNKNOWN',
  ])
  .meta({ id: 'ConnectorStandard' })

export const evseStatus = z
  .enum(['AVAILABLE', 'BLOCKED', 'CHARGING', 'INOPERATIVE', 'OUTOFORDER', 'PLANNED', 'REMOVED', 'RESERVED', 'UNKNOWN'])
  .meta({ id: 'EvseStatus' })

export const connector = z
  .object({
    id: z.int().min(1),
    standard: connectorStandard,
    format: z.enum(['SOCKET', 'CABLE']),
    powerType: z.enum(['AC_1_PHASE', 'AC_2_PHASE', 'AC_3_PHASE', 'DC']),
    maxPowerW: z.int().min(0),
    tariffIds: z.array(z.string()),
    meterCertified: z.exactOptional(
      z.boolean().describe('The operator says that the meter is certified for billing. Never true of a smart plug.'),
    ),
  })
  .meta({ id: 'Connector' }) satisfies z.ZodType<Connector>

export const evse = z
  .object({
    uid: z.string(),
    evseId,
    status: evseStatus,
    statusAt: isoTime,
    connectors: z.array(connector),
    station: z.exactOptional(z.object({ stationId: z.string(), evse: z.int() })),
    payable: z.boolean(),
  })
  .meta({ id: 'Evse', description: 'A plug that charges one vehicle at a time.' }) satisfies z.ZodType<Evse>

const source = z.enum(['own', 'demo', 'irve', 'roaming']).meta({
  id: 'LocationSource',
  description: '`irve` points come from open data: shown, never chargeable here. `demo` ones are simulated.',
})
export const position = z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })

export const location = z
  .object({
    id: z.string(),
    party,
    operatorName: z.string(),
    name: z.string(),
    address: z.string(),
    city: z.string(),
    postalCode: z.exactOptional(z.string()),
    countryCode: z.string(),
    position,
    timeZone: z.string(),
    openingHours: z.exactOptional(z.string()),
    access: z.exactOptional(z.string()),
    paymentWords: z.exactOptional(z.array(z.string())),
    tariffWords: z.exactOptional(z.string()),
    accessible: z.exactOptional(z.boolean().describe('From a wheelchair; absent: not known.')),
    facilities: z.exactOptional(z.array(z.string()).describe("OCPI's Facility words.")),
    photos: z.exactOptional(z.array(z.string()).describe('GET /v1/photos/{photoId}.')),
    evses: z.array(evse),
    source,
    lastUpdated: isoTime,
  })
  .meta({ id: 'Location', description: 'A place with EVSEs.' }) satisfies z.ZodType<Location>

/** A location in a list or on a map: what one needs to choose. */
export const locationSummary = z
  .object({
    id: z.string(),
    party,
    operatorName: z.string(),
    name: z.string(),
    address: z.string(),
    city: z.string(),
    postalCode: z.exactOptional(z.string()),
    position,
    source,
    evseCount: z.int(),
    availableCount: z.int().describe('EVSEs known to be free now.'),
    payable: z.boolean().describe('At least one EVSE can be used with Werenode.'),
    maxPowerW: z.int(),
    standards: z.array(connectorStandard),
    distanceM: z.exactOptional(z.number().describe('From the middle of a radius search, or from the route.')),
    alongM: z.exactOptional(z.number().describe('Metres from the start of the route.')),
    openNow: z.exactOptional(z.boolean().describe('When asked for and its hours are understood.')),
    free: z.exactOptional(z.boolean().describe('When asked for.')),
    priceMicro: z.exactOptional(
      amountMicro.describe(
        'Of the chosen charge at the cheapest plug that fits, VAT included; absent: not priced here.',
      ),
    ),
    lastUpdated: isoTime,
  })
  .meta({ id: 'LocationSummary' })
export type LocationSummary = z.output<typeof locationSummary>

export const locationPage = z
  .object({ items: z.array(locationSummary), next: z.exactOptional(z.string()) })
  .meta({ id: 'LocationPage' })

export const locationDetail = z
  .object({ location, tariffs: z.record(z.string(), ocpiTariff).describe('OCPI tariffs by id.') })
  .meta({ id: 'LocationDetail' })

export const evseDetail = z
  .object({
    evse,
    connector: z.exactOptional(z.int().describe('Connector number, when the id asked for held one.')),
    location: locationSummary,
    timeZone: z.string(),
    tariffs: z.record(z.string(), ocpiTariff),
  })
  .meta({ id: 'EvseDetail' })
