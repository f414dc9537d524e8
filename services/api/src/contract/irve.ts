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
} as const satisfies Record<string, Contract>
