import { z } from 'zod'
import { lengthM } from '../catalogue/line.ts'
import type { Contract } from './contract.ts'
import { connectorStandard, evseDetail, location, locationDetail, locationPage, position } from './schemas/locations.ts'
import { amountMicro, cursor, evseId, isoTime, ocpiTariff, pageLimit, party } from './schemas/primitives.ts'
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

const words = (most: number) => z.string().trim().min(1).max(most)
export const timeZone = z
  .string()
  .max(60)
  .refine((name) => isTimeZone(name), { error: 'is not a time zone such as Europe/Paris' })
const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    // Intl throws for names it does not know.
    return false
  }
}
export const ownId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/)
  .meta({ description: 'Chosen by the operator: letters, digits, `.`, `_` and `-`.' })

/** `lon,lat;lon,lat;…` */
const route = z
  .string()
  .max(12_000)
  .regex(/^-?[0-9.]{1,20},-?[0-9.]{1,20}(;-?[0-9.]{1,20},-?[0-9.]{1,20}){1,299}$/)
  .transform((text) =>
    text.split(';').map((point) => {
      const [lon, lat] = point.split(',').map(Number)
      return { lon: lon!, lat: lat! }
    }),
  )
  .refine((line) => line.every(({ lon, lat }) => Math.abs(lon) <= 180 && Math.abs(lat) <= 85), {
    error: 'is not lon,lat;lon,lat in degrees',
  })
  .refine((line) => lengthM(line) <= 2_000_000, { error: 'is longer than 2,000 km' })
  .meta({
    description: 'Along a line `lon,lat;lon,lat;…` of 2 to 300 points, at most 2,000 km; answers come in its order.',
  })

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

const connectorFilters = {
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
  pays: z
    .enum(['card', 'ad-hoc'])
    .optional()
    .meta({ description: 'Bank card at the plug, or any way without a contract.' }),
  accessible: flag.optional().meta({ description: '`true`: known to be usable from a wheelchair.' }),
  payable: flag.optional().meta({ description: '`true`: an EVSE that fits can be used with Werenode.' }),
}

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
    ...connectorFilters,
    free: flag.optional().meta({ description: '`true`: it costs nothing.' }),
    openNow: flag.optional().meta({ description: '`true`: open at this moment, by hours we understand.' }),
    route: route.optional(),
    corridorM: z
      .string()
      .regex(/^[1-9][0-9]{1,4}$/)
      .transform(Number)
      .optional()
      .meta({ description: 'How far from the route, metres; default 3,000.' }),
    energyWh: z
      .string()
      .regex(/^[1-9][0-9]{1,5}$/)
      .transform(Number)
      .optional()
      .meta({ description: 'A chosen charge: answers its price at each place.' }),
    minutes: z
      .string()
      .regex(/^[1-9][0-9]{0,3}$/)
      .transform(Number)
      .optional()
      .meta({ description: 'How long the chosen charge takes; default: at the full power of the plug.' }),
    maxPriceMicro: amountMicro.optional().meta({ description: 'The chosen charge costs this at most.' }),
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
  .refine((query) => query.energyWh !== undefined || (query.minutes ?? query.maxPriceMicro) === undefined, {
    error: 'a price needs a chosen charge: energyWh',
    path: ['energyWh'],
  })
  .refine((query) => [query.box, query.lat, query.q, query.route].filter((way) => way !== undefined).length <= 1, {
    error: 'choose one of box, lat/lon, route and q',
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

const tileNumber = (most: number) =>
  z
    .string()
    .regex(/^(0|[1-9][0-9]{0,7})$/)
    .transform(Number)
    .refine((number) => number <= most, { error: `at most ${most}` })

/** OCPI 2.2.1 mod_locations, Facility. */
const facilities = [
  'HOTEL',
  'RESTAURANT',
  'CAFE',
  'MALL',
  'SUPERMARKET',
  'SPORT',
  'RECREATION_AREA',
  'NATURE',
  'MUSEUM',
  'BIKE_SHARING',
  'BUS_STOP',
  'TAXI_STAND',
  'TRAM_STOP',
  'METRO_STATION',
  'TRAIN_STATION',
  'AIRPORT',
  'PARKING_LOT',
  'CARPOOL_PARKING',
  'FUEL_STATION',
  'WIFI',
] as const

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
    accessible: z.exactOptional(z.boolean()),
    facilities: z.exactOptional(z.array(z.enum(facilities)).max(20)),
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
                meterCertified: z.exactOptional(
                  z.boolean().meta({ description: 'True: the meter is certified for billing (MID, Eichrecht).' }),
                ),
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
  getEvseSticker: {
    summary: 'The sticker for a plug, ready to print',
    description: 'A PDF of 80 x 110 mm with the QR code and the id in letters.',
    tag: 'catalogue',
    params: z.strictObject({ evseId: z.string().min(6).max(60) }),
    headers: etagHeaders,
    answer: { status: 200, words: 'A PDF document.', bytes: 'application/pdf', etag: true },
    errors: ['not-found'],
  },
  getTile: {
    summary: 'A vector tile of places for a map',
    description:
      'Mapbox vector tile, layer `places`: clusters (`point_count`, `evses`, `available`, `payable`, `maxPowerW`) up to zoom 13, from 14 on every place (`id`, `name`, `evses`, `available`, `payable`, `maxPowerW`).',
    tag: 'catalogue',
    params: z.strictObject({ z: tileNumber(22), x: tileNumber(2 ** 22), y: tileNumber(2 ** 22) }),
    query: z.strictObject(connectorFilters),
    headers: etagHeaders,
    answer: { status: 200, words: 'The tile.', bytes: 'application/vnd.mapbox-vector-tile', etag: true },
    errors: [],
  },
  removeTariff: {
    summary: 'Remove a tariff of my party',
    description: 'Refused while a connector names it.',
    tag: 'catalogue',
    params: z.strictObject({ party, tariffId: ownId }),
    answer: { status: 204, words: 'It is gone.' },
    errors: ['not-found', 'conflict'],
  },
  getPriceCurve: {
    summary: 'What a tariff costs over the energy taken',
    description:
      'For whoever edits a tariff: the same engine that prices charges. The words are those a driver is shown, per kWh first (AFIR).',
    tag: 'catalogue',
    body: z.strictObject({
      tariff: z.record(z.string(), z.unknown()).meta({ description: 'OCPI 2.2.1 Tariff.' }),
      timeZone: timeZone.default('Europe/Paris'),
      startAt: isoTime.optional().meta({ description: 'When the charge begins; default: now.' }),
      powerW: z.int().min(100).max(5_000_000).default(22_000),
      energyWh: z.int().min(100).max(1_000_000).default(60_000).meta({ description: 'Where the curve ends.' }),
      parkingMinutes: z.int().min(0).max(10_080).default(0).meta({ description: 'Plugged in after it is full.' }),
      points: z.int().min(2).max(200).default(25),
    }),
    answer: {
      status: 200,
      words: 'The curve, and the tariff in words.',
      schema: z
        .object({
          currency: z.string(),
          points: z.array(
            z.object({
              energyWh: z.int(),
              chargingSeconds: z.int(),
              totalInclVatMicro: amountMicro,
              totalExclVatMicro: amountMicro,
            }),
          ),
          words: z.object({ en: z.array(z.string()), fr: z.array(z.string()) }),
        })
        .meta({ id: 'PriceCurve' }),
    },
    errors: ['not-computable'],
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
