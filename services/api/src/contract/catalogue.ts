import { z } from 'zod'
import type { Contract } from './contract.ts'
import { connectorStandard, evseDetail, location, locationDetail, locationPage, position } from './schemas/locations.ts'
import { cursor, evseId, ocpiTariff, pageLimit, party } from './schemas/primitives.ts'
import { eventEnvelope } from './schemas/sessions.ts'

const decimal = /^-?[0-9]{1,3}(\.[0-9]{1,15})?$/
const degrees = (most: number) =>
  z
    .string()
    .regex(decimal)
    .transform(Number)
    .refine((value) => Math.abs(value) <= most, { error: `between -${most} and ${most}` })

/** `west,south,east,north`; west > east crosses the antimeridian. */
export const box = z
  .string()
  .max(120)
  .regex(/^-?[0-9.]+,-?[0-9.]+,-?[0-9.]+,-?[0-9.]+$/)
  .transform((text) => text.split(',').map(Number))
  .refine(
    ([west, south, east, north]) =>
      [west, east].every((lon) => Math.abs(lon ?? Number.NaN) <= 180) &&
      [south, north].every((lat) => Math.abs(lat ?? Number.NaN) <= 90) &&
      south! <= north!,
    { error: 'is not west,south,east,north in degrees' },
  )
  .transform(([west, south, east, north]) => ({ west: west!, south: south!, east: east!, north: north! }))
  .meta({
    description: 'Box `west,south,east,north` in degrees; west > east crosses the antimeridian.',
    example: '2.2,48.8,2.4,48.9',
  })

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const locationQuery = z
  .strictObject({
    box: box.optional(),
    lat: degrees(90).optional().meta({ description: 'Middle of a radius search, degrees.' }),
    lon: degrees(180).optional(),
    radiusM: z
      .string()
      .regex(/^[1-9][0-9]{0,5}$/)
      .transform(Number)
      .optional()
      .meta({ description: 'Metres, at most 999,999; default 5,000.' }),
    q: z.string().trim().min(1).max(100).optional().meta({ description: 'Words of name, address, city or operator.' }),
    minPowerW: z
      .string()
      .regex(/^[0-9]{1,7}$/)
      .transform(Number)
      .optional()
      .meta({ description: 'W, of the connector.' }),
    standard: z
      .union([connectorStandard, z.array(connectorStandard).max(11)])
      .transform((one) => (Array.isArray(one) ? one : [one]))
      .optional()
      .meta({ description: 'Connector standard; may be repeated.' }),
    available: flag.optional().meta({ description: '`true`: an EVSE that fits is known to be free now.' }),
    party: party.optional().meta({ description: 'Of this operator only.' }),
    payable: flag.optional().meta({ description: '`true`: an EVSE that fits can be used with Werenode.' }),
    limit: pageLimit(500, 100),
    cursor: cursor.optional(),
  })
  .refine((query) => (query.lat === undefined) === (query.lon === undefined), {
    error: 'lat and lon belong together',
    path: ['lat'],
  })
  .refine((query) => query.radiusM === undefined || query.lat !== undefined, {
    error: 'a radius needs lat and lon',
    path: ['radiusM'],
  })
  .refine((query) => [query.box, query.lat, query.q].filter((way) => way !== undefined).length <= 1, {
    error: 'choose one of box, lat/lon and q',
    path: ['box'],
  })
export type LocationQuery = z.output<typeof locationQuery>

/** Of a stream: where to go on after a lost connection. */
export const resumeHeaders = z.object({
  'last-event-id': z.exactOptional(z.string().meta({ description: 'Sequence number of the last event seen.' })),
})
export const etagHeaders = z.object({
  'if-none-match': z.exactOptional(
    z.string().meta({ description: 'An ETag; the answer is 304 while nothing changed.' }),
  ),
})

const words = (most: number) => z.string().trim().min(1).max(most)
const timeZone = z
  .string()
  .max(60)
  .refine((name) => isTimeZone(name), { error: 'is not a time zone such as Europe/Paris' })
const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
const ownId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/)
  .meta({ description: 'Chosen by the operator: letters, digits, `.`, `_` and `-`.' })

/** A location as its operator describes it. Statuses come from the stations. */
export const newLocation = z
  .strictObject({
    name: words(100),
    operatorName: words(100),
    address: words(200),
    city: words(80),
    postalCode: z.exactOptional(words(12)),
    countryCode: z.string().regex(/^[A-Z]{2}$/),
    position,
    timeZone,
    openingHours: z.exactOptional(words(500)),
    access: z.exactOptional(words(200)),
    evses: z
      .array(
        z.strictObject({
          evseId,
          station: z.exactOptional(
            z.strictObject({ stationId: z.string().min(1).max(48), evse: z.int().min(1).max(1_000) }),
          ),
          payable: z.boolean().default(true),
          connectors: z
            .array(
              z.strictObject({
                id: z.int().min(1).max(100),
                standard: connectorStandard,
                format: z.enum(['SOCKET', 'CABLE']),
                powerType: z.enum(['AC_1_PHASE', 'AC_2_PHASE', 'AC_3_PHASE', 'DC']),
                maxPowerW: z.int().min(0).max(5_000_000),
                tariffIds: z.array(ownId).max(10),
              }),
            )
            .min(1)
            .max(10),
        }),
      )
      .max(200),
  })
  .meta({ id: 'NewLocation', description: 'A location as its operator describes it.' })
export type NewLocationBody = z.output<typeof newLocation>

export const catalogueContracts = {
  listLocations: {
    summary: 'Find locations',
    description:
      'By box, by radius (nearest first), by words (best match first) or all, with filters. Filters on connectors hold for one and the same connector.',
    tag: 'catalogue',
    query: locationQuery,
    headers: etagHeaders,
    answer: { status: 200, words: 'A page of locations.', schema: locationPage, etag: true },
    errors: [],
  },
  getLocation: {
    summary: 'See a location with its EVSEs and tariffs',
    tag: 'catalogue',
    params: z.strictObject({ locationId: z.string().min(1).max(100) }),
    headers: etagHeaders,
    answer: { status: 200, words: 'The location.', schema: locationDetail, etag: true },
    errors: ['not-found'],
  },
  getEvse: {
    summary: 'See an EVSE by its id, as typed or read from a QR code',
    description: 'Separators and case do not matter. A connector number may follow (`FR*WRN*E000001*1`).',
    tag: 'catalogue',
    params: z.strictObject({ evseId: z.string().min(6).max(60) }),
    headers: etagHeaders,
    answer: { status: 200, words: 'The EVSE, its location and tariffs.', schema: evseDetail, etag: true },
    errors: ['not-found'],
  },
  getEvseQr: {
    summary: 'The QR code for the sticker at a plug',
    description: 'Leads to the page that starts a charge there.',
    tag: 'catalogue',
    params: z.strictObject({ evseId: z.string().min(6).max(60) }),
    headers: etagHeaders,
    answer: { status: 200, words: 'An SVG image.', text: 'image/svg+xml', etag: true },
    errors: ['not-found'],
  },
  putLocation: {
    summary: 'Create or change a location of my party',
    description:
      'EVSEs keep their live status; those left out become REMOVED. An EVSE that open data placed elsewhere moves here.',
    tag: 'catalogue',
    params: z.strictObject({ party, locationId: ownId }),
    body: newLocation,
    answer: { status: 200, words: 'The location as it is now.', schema: location },
    errors: ['not-found', 'conflict'],
  },
  removeLocation: {
    summary: 'Take a location of my party off the map',
    description: 'It is kept, because sessions may name it; its EVSEs become REMOVED.',
    tag: 'catalogue',
    params: z.strictObject({ party, locationId: ownId }),
    answer: { status: 204, words: 'It is no longer found.' },
    errors: ['not-found', 'conflict'],
  },
  putTariff: {
    summary: 'Create or change a tariff of my party',
    description: 'OCPI 2.2.1. One that this node cannot price exactly is refused. Running sessions keep theirs.',
    tag: 'catalogue',
    params: z.strictObject({ party, tariffId: ownId }),
    body: z.record(z.string(), z.unknown()),
    answer: { status: 200, words: 'The tariff as it is stored.', schema: ocpiTariff },
    errors: ['not-found', 'not-computable', 'conflict'],
  },
  listTariffs: {
    summary: 'List the tariffs of my party',
                meterCertified: z.exactOptional(
                  z.boolean().meta({ description: 'True: the meter is certified for billing (MID, Eichrecht).' }),
                ),
    tag: 'catalogue',
    params: z.strictObject({ party }),
    answer: { status: 200, words: 'Tariffs.', schema: z.object({ items: z.array(ocpiTariff) }) },
    errors: ['not-found'],
  },
  streamCatalogue: {
    summary: 'Follow live changes of the catalogue',
    tag: 'catalogue',
    query: z.strictObject({ box: box.optional(), locationId: z.string().min(1).max(100).optional() }),
    headers: resumeHeaders,
    answer: {
      status: 200,
      words: 'Server-sent events: statuses as they change.',
      events: eventEnvelope(['catalogue.changed'], 'CatalogueEvent'),
    },
    errors: [],
  },
} as const satisfies Record<string, Contract>
