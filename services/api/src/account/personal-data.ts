import {
  ask,
  type Bus,
  type CollectionSpec,
  type Doc,
  type Principal,
  type Store,
  type Stored,
  terminalStates,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'

type Owned = Doc & Readonly<Record<string, unknown>>

/** Kept though an account is erased: the law asks for invoices for ten years, and what was done with rights stays on record by account id. */
const keptByLaw = ['api_audit', 'api_redemptions', 'api_disputes']
/** Secrets are nobody's to read, not even their owner's. */
const secret = /hash|secret|token|challenge|publicKey|credential/i
const mostPerCollection = 10_000

/**
 * What this node knows of an account (GDPR Art. 15, 20) and how it forgets it (Art. 17). Everything that names an account by `accountId`
 * is found, in whatever collection; charges are found by the account's wallets.
 */
export const createPersonalData = (deps: {
  store: Store
  bus: Bus
  endLogins: (accountId: string) => Promise<void>
  collections: () => readonly CollectionSpec[]
}) => {
  const { store, bus } = deps

  const owned = async (accountId: string): Promise<ReadonlyMap<string, readonly Stored<Owned>[]>> => {
    const found = new Map<string, readonly Stored<Owned>[]>()
    for (const { name } of deps.collections()) {
      const { items } = await store.find<Owned>(name, { accountId }, { limit: mostPerCollection })
      const self = await store.get<Owned>(name, accountId)
      const all = [...items, ...(self && !items.some(({ _id }) => _id === self._id) ? [self] : [])]
      if (all.length > 0) found.set(name, all)
    }
    return found
  }
  const walletsOf = (all: ReadonlyMap<string, readonly Stored<Owned>[]>): readonly string[] =>
    (all.get('api_wallets') ?? []).map(({ _id }) => _id)

  return {
    async export(accountId: string): Promise<Readonly<Record<string, unknown>>> {
      const all = await owned(accountId)
      const wallets = walletsOf(all)
      const of = async (collection: string) =>
        (await store.find<Owned>(collection, { driver: { $in: [...wallets] } }, { limit: mostPerCollection })).items
      return {
        accountId,
        records: Object.fromEntries(
          [...all].map(([name, docs]) => [name.replace(/^api_/, ''), docs.map(withoutSecrets)]),
        ),
        charges: wallets.length === 0 ? [] : (await of('api_charges')).map(withoutSecrets),
        documents: wallets.length === 0 ? [] : (await of('api_documents')).map(withoutSecrets),
        onChain:
          'What the chain keeps of a charge is its terms and receipt by wallet address, and hashes; nobody can erase a chain. It holds no name, e-mail address, card or vehicle.',
      }
    },

    /** Forgets the account. Refused while a charge runs, because its money needs its driver. */
    async erase(principal: Principal, note: WriteOp): Promise<{ erased: number; kept: readonly string[] }> {
      const all = await owned(principal.accountId)
      for (const driver of walletsOf(all)) {
        const { items } = await ask(bus, 'manager.sessions', { driver: driver as `0x${string}`, limit: 50 })
        if (items.some(({ state }) => !terminalStates.has(state)))
          throw new WerenodeError('conflict', 'A charge of yours is not settled yet', {
            hint: 'Erase your account when it is; charges settle within days at the latest.',
          })
      }
      const going = [...all].filter(([name]) => !keptByLaw.includes(name) && name !== 'api_logins')
      // Logins last: whoever is cut off half way can still come back and finish.
      let erased = 0
      await store.write([note])
      for (const [name, docs] of going)
        for (let at = 0; at < docs.length; at += 200) {
          const some = docs.slice(at, at + 200)
          await store.write(some.map(({ _id }) => ({ op: 'delete', in: name, id: _id })))
          erased += some.length
        }
      await deps.endLogins(principal.accountId)
      return { erased, kept: ['invoices and receipts (tax law)', 'audit log', 'hashes on chain'] }
    },
  }
}

const withoutSecrets = ({ _rev, ...doc }: Owned): Owned =>
  Object.fromEntries(Object.entries(doc).filter(([name]) => !secret.test(name))) as Owned
