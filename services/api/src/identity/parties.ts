import {
  type Address,
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  isWerenodeError,
  type Party,
  type Principal,
  type Scope,
  type Store,
  type Stored,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import { newAccount } from './accounts.ts'
import type { Audit } from './audit.ts'
import type { WalletDoc } from './collections.ts'

/** An operator (or eMSP) of this node, by its OCPI party. */
export interface PartyDoc extends Doc {
  readonly _id: Party
  readonly name: string
  readonly createdAt: string
}

/** Somebody who works for a party, and what they may do for it. `_id` is `<party> <account>`. */
export interface MemberDoc extends Doc {
  readonly party: Party
  readonly accountId: string
  readonly address: Address
  readonly scopes: readonly Scope[]
  readonly since: string
}

export const partyCollections: readonly CollectionSpec[] = [
  { name: 'api_parties' },
  { name: 'api_members', indexes: [{ fields: ['party', '_id'] }, { fields: ['accountId'] }] },
]

/** What a member may be given: everything of an operator's, nothing of a driver's or the node's. */
export const memberScopes = [
  'catalogue:write',
  'stations:read',
  'stations:write',
  'party:write',
] as const satisfies readonly Scope[]

const memberId = (party: Party, accountId: string): string => `${party} ${accountId}`

export interface Parties {
  /** Throws `conflict` when it exists. */
  create(by: Principal, party: Party, name: string): Promise<PartyDoc>
  /** The parties an account works for, with its rights. */
  ofAccount(accountId: string): Promise<readonly (PartyDoc & { readonly scopes: readonly Scope[] })[]>
  all(): Promise<readonly PartyDoc[]>
  members(party: Party): Promise<readonly Stored<MemberDoc>[]>
  /** Rights of an account in a party; undefined: none. */
  rightsOf(party: Party, accountId: string): Promise<readonly Scope[] | undefined>
  /** Adds a member by wallet, or changes their rights. */
  putMember(by: Principal, party: Party, address: Address, scopes: readonly Scope[]): Promise<MemberDoc>
  removeMember(by: Principal, party: Party, address: Address): Promise<void>
}

export const createParties = ({ store, clock, audit }: { store: Store; clock: Clock; audit: Audit }): Parties => {
  const known = async (party: Party): Promise<void> => {
    if (await store.get<PartyDoc>('api_parties', party)) return
    throw new WerenodeError('not-found', `Party ${party} is not on this node`)
  }
  const memberOf = async (party: Party, address: Address): Promise<Stored<MemberDoc> | undefined> => {
    const wallet = await store.get<WalletDoc>('api_wallets', address)
    return wallet && store.get<MemberDoc>('api_members', memberId(party, wallet.accountId))
  }

  return {
    async create(by, party, name) {
      const doc: PartyDoc = { _id: party, name, createdAt: isoTime(clock()) }
      try {
        await store.write([
          { op: 'insert', in: 'api_parties', doc },
          audit.note({ principal: by, act: 'createParty', party, subject: party, details: { name } }),
        ])
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        throw new WerenodeError('conflict', `Party ${party} exists already`, { cause: error })
      }
      return doc
    },

    async ofAccount(accountId) {
      const { items } = await store.find<MemberDoc>('api_members', { accountId }, { limit: 1_000 })
      const scopes = new Map(items.map((member) => [member.party, member.scopes]))
      const parties = await store.getMany<PartyDoc>('api_parties', [...scopes.keys()])
      return parties.map((party) => ({ ...party, scopes: scopes.get(party._id)! }))
    },

    all: async () => (await store.find<PartyDoc>('api_parties', {}, { sort: [['_id', 1]], limit: 10_000 })).items,

    async members(party) {
      await known(party)
      return (await store.find<MemberDoc>('api_members', { party }, { sort: [['_id', 1]], limit: 10_000 })).items
    },

    rightsOf: async (party, accountId) =>
      (await store.get<MemberDoc>('api_members', memberId(party, accountId)))?.scopes,

    async putMember(by, party, address, scopes) {
      await known(party)
      const note = audit.note({ principal: by, act: 'putMember', party, subject: address, details: { scopes } })
      const wallet = await store.get<WalletDoc>('api_wallets', address)
      // Somebody who was never here gets their account now; only who proves the wallet gets into it.
      const { accountId, ops } = wallet ? { accountId: wallet.accountId, ops: [] } : newAccount(address, clock())
      const before = await store.get<MemberDoc>('api_members', memberId(party, accountId))
      const doc: MemberDoc = {
        _id: memberId(party, accountId),
        party,
        accountId,
        address,
        scopes,
        since: before?.since ?? isoTime(clock()),
      }
      const write: WriteOp = before
        ? { op: 'replace', in: 'api_members', doc, rev: before._rev }
        : { op: 'insert', in: 'api_members', doc }
      await store.write([...ops, write, note])
      return doc
    },

    async removeMember(by, party, address) {
      const member = await memberOf(party, address)
      if (!member) throw new WerenodeError('not-found', `${address} is not a member of ${party}`)
      await store.write([
        { op: 'delete', in: 'api_members', id: member._id, rev: member._rev },
        audit.note({ principal: by, act: 'removeMember', party, subject: address }),
      ])
    },
  }
}
