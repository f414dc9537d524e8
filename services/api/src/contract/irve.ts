import { z } from 'zod'
import type { Contract } from './contract.ts'
import { party } from './schemas/primitives.ts'

/** The catalogue as French open data, by the national schema (IRVE 2.3.1). */
export const irveContracts = {
  exportIrveStatic: {
    summary: "A party's charge points in France as open data: what they are",
    description:
      'CSV by the national schema, IRVE static 2.3.1, one charge point a row. Simulated points are left out. Where the schema asks for what a location does not say, hours are written as 24/7, the place as a street (a fast station from 50 kW on).',
    tag: 'catalogue',
    params: z.strictObject({ party }),
    query: z.strictObject({
      contact: z.email().meta({ description: 'Where the operator is reached, which the schema asks for.' }),
    }),
    answer: { status: 200, words: 'CSV.', text: 'text/csv', etag: true },
    errors: [],
  },
  exportIrveDynamic: {
    summary: "A party's charge points in France as open data: how they are now",
    description: 'CSV by the national schema, IRVE dynamic 2.3.1, one charge point a row.',
    tag: 'catalogue',
    params: z.strictObject({ party }),
    answer: { status: 200, words: 'CSV.', text: 'text/csv', etag: true },
    errors: [],
  },
  importIrveStatus: {
    summary: 'Take in how open-data charge points are now',
    description:
      'CSV by the national schema, IRVE dynamic 2.3, gzipped or not, one charge point a row. What an operator runs here or a partner tells by OCPI stays as it is; an older time than the one known changes nothing. Bad rows are told and do not hold back good ones.',
    tag: 'catalogue',
    upload: { types: ['text/csv'], maxBytes: 32_000_000 },
    answer: {
      status: 200,
      words: 'What became of the rows.',
      schema: z
        .object({
          rows: z.int(),
          changed: z.int().meta({ description: 'Charge points whose status is another now.' }),
          counts: z.record(z.string(), z.int()).meta({ description: 'Rows that were not taken, by reason.' }),
          findings: z.array(
            z.object({
              line: z.int(),
              id: z.string(),
              what: z.string(),
              fate: z.enum(['skipped', 'mended', 'noted']),
              words: z.string(),
            }),
          ),
        })
        .meta({ id: 'IrveStatusReport' }),
    },
    errors: ['store-unavailable'],
  },
} as const satisfies Record<string, Contract>
