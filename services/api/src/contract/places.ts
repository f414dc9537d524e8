import { z } from 'zod'
import { etagHeaders, ownId } from './catalogue.ts'
import type { Contract } from './contract.ts'
import { location } from './schemas/locations.ts'
import { address, evseId, hash, isoTime, party } from './schemas/primitives.ts'

const photoId = z.string().regex(/^[0-9a-f]{32}$/)
const hexBytes = z
  .string()
  .regex(/^0x([0-9a-fA-F]{40}|[0-9a-fA-F]{168})$/)
  .transform((text) => text.toLowerCase() as `0x${string}`)

/** What operators do with their places besides describing them. */
export const placeContracts = {
  importLocations: {
    summary: "Import my party's plugs from CSV",
    description:
      'IRVE static schema 2.3, with the columns `tariff_ids`, `station_id` and `station_evse` besides where plugs can be charged at. Each row is told what became of it; bad rows do not hold back good ones. With `dryRun=true` nothing is written.',
    tag: 'catalogue',
    params: z.strictObject({ party }),
    query: z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') }),
    upload: { types: ['text/csv'], maxBytes: 8_000_000 },
    answer: {
      status: 200,
      words: 'What became of each row.',
      schema: z
        .object({
          created: z.int(),
          changed: z.int(),
          unchanged: z.int(),
          rows: z.array(
            z.object({ line: z.int(), id: z.string(), fate: z.enum(['taken', 'skipped']), words: z.array(z.string()) }),
          ),
        })
        .meta({ id: 'ImportReport' }),
    },
    errors: ['not-found'],
  },
  listUnplacedPlugs: {
    summary: 'List plugs of my party’s stations that are at no location yet',
    description: 'A station that connects appears here at once; put it at a location to open it.',
    tag: 'catalogue',
    params: z.strictObject({ party }),
    answer: {
      status: 200,
      words: 'Plugs as their stations told of them.',
      schema: z.object({
        items: z.array(
          z
            .object({
              stationId: z.string(),
              evse: z.int(),
              connectors: z.array(z.int()),
              firstSeenAt: isoTime,
              lastStatus: z.string(),
              suggestedEvseId: z.string(),
            })
            .meta({ id: 'UnplacedPlug' }),
        ),
      }),
    },
    errors: ['not-found'],
  },
  addPhoto: {
    summary: 'Add a photo to a location of my party',
    description: 'JPEG, PNG or WebP. It is drawn anew at 1,600 px, which drops all metadata. At most 12 a location.',
    tag: 'catalogue',
    params: z.strictObject({ party, locationId: ownId }),
    upload: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 12_000_000 },
    answer: { status: 200, words: 'The location as it is now.', schema: location },
    errors: ['not-found', 'conflict'],
  },
  removePhoto: {
    summary: 'Take a photo off a location of my party',
    tag: 'catalogue',
    params: z.strictObject({ party, locationId: ownId, photoId }),
    answer: { status: 204, words: 'It is off.' },
    errors: ['not-found', 'conflict'],
  },
  getPhoto: {
    summary: 'A photo of a place',
    tag: 'catalogue',
    params: z.strictObject({ photoId }),
    query: z.strictObject({ size: z.enum(['small', 'large']).default('large') }),
    headers: etagHeaders,
    answer: { status: 200, words: 'A picture.', bytes: 'image/webp', etag: true },
    errors: ['not-found'],
  },
  prepareRegistration: {
    summary: 'Prepare the registration of an EVSE on chain',
    description:
      "Answers the call for the wallet of the operator's owner or of a delegate with the scopes EVSE and METER, who sends it. What the chain then says is told by the same route: `registered` and `active`.",
    tag: 'catalogue',
    params: z.strictObject({ party, evseId }),
    body: z.strictObject({
      operatorId: hash.optional().meta({ description: "Default: this node's operator." }),
      meterKey: hexBytes.optional().meta({
        description:
          '20 bytes (secp256k1 address) or 84 (P-256). Default: the gateway key of this node, once the registry knows it.',
      }),
      keyClass: z.enum(['STATION', 'GATEWAY']).default('GATEWAY'),
    }),
    answer: {
      status: 200,
      words: 'The call, and what the chain says now.',
      schema: z
        .object({
          chainId: z.int(),
          to: address.describe('EvseRegistry.'),
          data: z.string().describe('Calldata of registerBatch.'),
          operatorId: hash,
          registered: z.boolean(),
          active: z.boolean(),
          transaction: z.exactOptional(hash),
          blockNumber: z.exactOptional(z.string()),
        })
        .meta({ id: 'EvseRegistration' }),
    },
    errors: ['not-found', 'conflict', 'chain-unavailable'],
  },
} as const satisfies Record<string, Contract>
