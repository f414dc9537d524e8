import { type Address, type Clock, isWerenodeError, type Party, type Principal, type Store } from '@werenode/core'
import { createAudit } from './audit.ts'
import { createParties, memberScopes } from './parties.ts'

/** Whoever composes a node acts as the node itself. */
const theNode: Principal = { accountId: 'node', scopes: ['admin'] }

/**
 * Makes a party and its first member, who may do everything for it. What is there already stays: a name that was changed, a member who was
 * taken off. Once the collections of the API are defined.
 */
export const furnishParty = async (
  { store, clock }: { store: Store; clock: Clock },
  { party, name, member }: { party: Party; name: string; member: Address },
): Promise<void> => {
  const parties = createParties({ store, clock, audit: createAudit({ store, clock }) })
  try {
    await parties.create(theNode, party, name)
  } catch (error) {
    if (!isWerenodeError(error) || error.code !== 'conflict') throw error
    if ((await parties.members(party)).length > 0) return
  }
  await parties.putMember(theNode, party, member.toLowerCase() as Address, memberScopes)
}
