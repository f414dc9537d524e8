import { z } from 'zod'
import type { Contract } from './contract.ts'

/** What a signed address may bring. */
export const blobTypes = [
  'application/octet-stream',
  'application/pdf',
  'text/csv',
  'image/jpeg',
  'image/png',
  'image/webp',
] as const
const mostBytes = 10 * 1024 * 1024

const signed = {
  tag: 'node',
  params: z.strictObject({
    blobKey: z.string().min(1).max(1_400).describe('The rest of the address, with its slashes.'),
  }),
  query: z.strictObject({
    expires: z
      .string()
      .regex(/^[0-9]{1,12}$/)
      .describe('Unix seconds.'),
    signature: z.string().min(1).max(100),
  }),
} as const

/**
 * Signed addresses of a node that keeps its documents in files: whoever has one has the right, until it expires. With S3 they lead to the
 * bucket and never come here.
 */
export const blobContracts = {
  getBlob: {
    ...signed,
    summary: 'Read what a signed address is for',
    description:
      'The address comes from a route that says `url`; it is good for one file, for reading, for a few minutes.',
    answer: { status: 200, words: 'The file.', bytes: '*/*' },
    errors: ['not-found', 'gone'],
  },
  putBlob: {
    ...signed,
    summary: 'Write what a signed address is for',
    upload: { types: blobTypes, maxBytes: mostBytes },
    answer: { status: 204, words: 'Kept.' },
    errors: ['not-found', 'gone'],
  },
} as const satisfies Record<string, Contract>
