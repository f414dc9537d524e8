import { z } from 'zod'
import type { Contract } from './contract.ts'
import { connectorStandard, evseDetail, locationDetail, locationPage } from './schemas/locations.ts'
import { cursor, pageLimit } from './schemas/primitives.ts'
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
