import { type Clock, isoTime, type Party, type Principal, WerenodeError } from '@werenode/core'
import type { Handlers } from '../http/handler.ts'
import type { ApiKeyDoc, ApiKeys } from '../identity/api-keys.ts'
import type { Audit } from '../identity/audit.ts'
import type { MemberDoc, Parties, PartyDoc } from '../identity/parties.ts'

type Operations =
  | 'createParty'
  | 'listParties'
  | 'listMembers'
  | 'putMember'
  | 'removeMember'
  | 'createKey'
  | 'listKeys'
  | 'revokeKey'
  | 'listAudit'

export const partyRoutes = (deps: {
  parties: Parties
  apiKeys: ApiKeys
  audit: Audit
  clock: Clock
}): Pick<Handlers, Operations> => {
  const { parties, apiKeys, audit, clock } = deps

  return {
    createParty: async ({ principal, body: { party, name } }) =>
      partyInfo(await parties.create(principal, party, name)),

    listParties: async ({ principal }) => ({
      items: (principal.scopes.includes('admin')
        ? await parties.all()
        : await parties.ofAccount(principal.accountId)
      ).map(partyInfo),
    }),

    listMembers: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return { items: (await parties.members(party)).map(memberInfo) }
    },

    putMember: async ({ principal, params: { party, address }, body: { scopes } }) => {
      mustActFor(principal, party)
      mustNotBeSelf(principal, address)
      return memberInfo(await parties.putMember(principal, party, address, scopes))
    },

    removeMember: async ({ principal, params: { party, address } }) => {
      mustActFor(principal, party)
      mustNotBeSelf(principal, address)
      await parties.removeMember(principal, party, address)
      return undefined
    },

    createKey: async ({ principal, params: { party }, body: { name, scopes, expiresAt } }) => {
      mustActFor(principal, party)
      mustHold(principal, scopes)
      if (expiresAt !== undefined && expiresAt <= isoTime(clock()))
        throw new WerenodeError('invalid-input', 'The key would have expired already', {
          hint: 'Choose a time to come.',
        })
      const { doc, key } = await apiKeys.create(principal, {
        party,
        name,
        scopes,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      })
      return { ...keyInfo(doc), key }
    },

    listKeys: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return { items: (await apiKeys.list(party)).map(keyInfo) }
    },

    revokeKey: async ({ principal, params: { party, keyId } }) => {
      mustActFor(principal, party)
      await apiKeys.revoke(principal, party, keyId)
      return undefined
    },

    listAudit: async ({ principal, params: { party }, query: { limit, cursor } }) => {
      mustActFor(principal, party)
      const { items, next } = await audit.list({ party, limit, ...(cursor === undefined ? {} : { after: cursor }) })
      return {
        items: items.map(({ at, accountId, address, act, subject, details }) => ({
          at,
          accountId,
          ...(address === undefined ? {} : { address }),
          act,
          subject,
          details,
        })),
        ...(next === undefined ? {} : { next }),
      }
    },
  }
}

/** Another party is not there, for whoever does not act for it. */
export const mustActFor = (principal: Principal, party: Party): void => {
  if (principal.party === party || principal.scopes.includes('admin')) return
  throw new WerenodeError('not-found', `There is no party ${party} that this login acts for`, {
    hint: 'PUT /v1/account/party chooses among those you work for.',
  })
}

/** Nobody gives themselves rights, or locks themselves out by mistake. */
const mustNotBeSelf = (principal: Principal, address: string): void => {
  if (principal.address !== address || principal.scopes.includes('admin')) return
  throw new WerenodeError('not-allowed', 'One’s own rights are changed by somebody else', {
    hint: 'Ask another member of the party, or the operator of this node.',
  })
}

/** A key cannot do what its maker could not. */
export const mustHold = (principal: Principal, scopes: readonly Principal['scopes'][number][]): void => {
  if (principal.scopes.includes('admin')) return
  const missing = scopes.find((scope) => !principal.scopes.includes(scope))
  if (missing === undefined) return
  throw new WerenodeError('not-allowed', `A key cannot be given "${missing}", which its maker does not hold`, {
    hint: 'Leave it out, or ask a member who holds it.',
  })
}

const partyInfo = ({ _id, name, createdAt }: PartyDoc) => ({ party: _id, name, createdAt })
const memberInfo = ({ address, accountId, scopes, since }: MemberDoc) => ({ address, accountId, scopes, since })
const keyInfo = ({ _id, name, scopes, createdAt, expiresAt }: ApiKeyDoc) => ({
  keyId: _id,
  name,
  scopes,
  createdAt,
  ...(expiresAt === undefined ? {} : { expiresAt }),
})
