import { z } from 'zod'
import { keyScopes } from '../identity/api-keys.ts'
import { memberScopes } from '../identity/parties.ts'
import type { Contract } from './contract.ts'
import { address, cursor, isoTime, pageLimit, party } from './schemas/primitives.ts'

const ofParty = z.strictObject({ party })
const partyInfo = z.object({ party, name: z.string(), createdAt: isoTime }).meta({ id: 'PartyInfo' })
const member = z
  .object({ address, accountId: z.string(), scopes: z.array(z.string()), since: isoTime })
  .meta({ id: 'Member', description: 'Somebody who works for a party.' })
const keyInfo = z
  .object({
    keyId: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: isoTime,
    expiresAt: z.exactOptional(isoTime),
  })
  .meta({ id: 'ApiKeyInfo' })
const name = z.string().trim().min(1).max(80)

export const partyContracts = {
  createParty: {
    summary: 'Add a party to this node',
    tag: 'parties',
    body: z.strictObject({ party, name }),
    answer: { status: 201, words: 'The party.', schema: partyInfo },
    errors: ['conflict'],
  },
  listParties: {
    summary: 'List the parties I work for (an admin: all)',
    tag: 'parties',
    answer: { status: 200, words: 'Parties.', schema: z.object({ items: z.array(partyInfo) }) },
    errors: [],
  },
  listMembers: {
    summary: 'List who works for a party',
    tag: 'parties',
    params: ofParty,
    answer: { status: 200, words: 'Members.', schema: z.object({ items: z.array(member) }) },
    errors: ['not-found'],
  },
  putMember: {
    summary: 'Add a member by wallet, or change their rights',
    tag: 'parties',
    params: z.strictObject({ party, address }),
    body: z.strictObject({ scopes: z.array(z.enum(memberScopes)).max(10) }),
    answer: { status: 200, words: 'The member.', schema: member },
    errors: ['not-found', 'conflict'],
  },
  removeMember: {
    summary: 'Remove a member; their rights end at their next request',
    tag: 'parties',
    params: z.strictObject({ party, address }),
    answer: { status: 204, words: 'Removed.' },
    errors: ['not-found', 'conflict'],
  },
  createKey: {
    summary: "Make an API key for a party's own systems",
    description: 'The key is shown once. It can do what it is given here, and neither make keys nor members.',
    tag: 'parties',
    params: ofParty,
    body: z.strictObject({
      name,
      scopes: z.array(z.enum(keyScopes)).min(1).max(10),
      expiresAt: isoTime.optional(),
    }),
    answer: {
      status: 201,
      words: 'The key.',
      schema: keyInfo
        .extend({ key: z.string().describe('Bearer token of the Authorization header.') })
        .meta({ id: 'ApiKey' }),
    },
    errors: ['not-found'],
  },
  listKeys: {
    summary: "List a party's API keys",
    tag: 'parties',
    params: ofParty,
    answer: {
      status: 200,
      words: 'Keys, newest first, without their secrets.',
      schema: z.object({ items: z.array(keyInfo) }),
    },
    errors: ['not-found'],
  },
  revokeKey: {
    summary: 'Revoke an API key',
    tag: 'parties',
    params: z.strictObject({ party, keyId: z.string().min(1).max(64) }),
    answer: { status: 204, words: 'Revoked.' },
    errors: ['not-found'],
  },
  listAudit: {
    summary: 'See who did what for a party',
    tag: 'parties',
    params: ofParty,
    query: z.strictObject({ limit: pageLimit(200, 50), cursor: cursor.optional() }),
    answer: {
      status: 200,
      words: 'Privileged acts, newest first.',
      schema: z.object({
        items: z.array(
          z
            .object({
              at: isoTime,
              accountId: z.string(),
              address: z.exactOptional(address),
              act: z.string(),
              subject: z.string(),
              details: z.record(z.string(), z.unknown()),
            })
            .meta({ id: 'AuditEntry' }),
        ),
        next: z.exactOptional(z.string()),
      }),
    },
    errors: ['not-found'],
  },
} as const satisfies Record<string, Contract>
