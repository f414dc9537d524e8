import type { OwnPlugFamily } from '@werenode/core'
import { z } from 'zod'
import type { Contract } from './contract.ts'
import { party } from './schemas/primitives.ts'

const family = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,40}$/)
  .meta({ description: 'The `family` of the profile.', example: 'my-meter' })
const oneFamily = z.strictObject({ party, family })

const ownPlugFamily = z
  .object({
    family: z.string(),
    title: z.string(),
    profile: z.record(z.string(), z.unknown()).describe('As its operator wrote it (docs/mqtt-device-profiles.md).'),
    plugs: z.int().describe('How many plugs of the party speak by it.'),
  })
  .meta({
    id: 'OwnPlugFamily',
    description: 'A family of devices that one party taught the node, for its own plugs.',
  }) satisfies z.ZodType<OwnPlugFamily>

export const plugFamilyContracts = {
  listOwnPlugFamilies: {
    summary: 'List the device profiles my party wrote',
    tag: 'stations',
    params: z.strictObject({ party }),
    answer: { status: 200, words: 'Profiles.', schema: z.object({ items: z.array(ownPlugFamily) }) },
    errors: ['no-responder'],
  },
  putOwnPlugFamily: {
    summary: "Keep a device profile for my party's plugs, or change it",
    description:
      'A profile is data (docs/mqtt-device-profiles.md). Refused with each finding and where it stands; its plugs speak by the new one at once.',
    tag: 'stations',
    params: oneFamily,
    body: z.record(z.string(), z.unknown()).meta({ description: 'The profile.' }),
    answer: { status: 200, words: 'The profile.', schema: ownPlugFamily },
    errors: ['conflict', 'no-responder'],
  },
  removeOwnPlugFamily: {
    summary: 'Remove a device profile of my party; no plug may speak by it',
    tag: 'stations',
    params: oneFamily,
    answer: { status: 204, words: 'Removed.' },
    errors: ['not-found', 'conflict', 'no-responder'],
  },
} as const satisfies Record<string, Contract>
