import { type Clock, isoTime, type Store, WerenodeError } from '@werenode/core'
import { freeUserId } from '../account/free-users.ts'
import { cardHash, type FreeUserDoc, lastSignsOf, type VoucherDoc } from '../account/things.ts'
import type { createVouchers } from '../account/vouchers.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { chainOrWords } from './chain-or-words.ts'
import { mustActFor } from './parties.ts'

type Operations =
  | 'listFreeUsers'
  | 'putFreeUser'
  | 'removeFreeUser'
  | 'createVoucher'
  | 'prepareVoucherDeposits'
  | 'listVouchers'

/** What an operator gives to drivers: charging for nothing, and vouchers. */
export const partyDriverRoutes = (deps: {
  store: Store
  clock: Clock
  audit: Audit
  vouchers: ReturnType<typeof createVouchers>
}): Pick<Handlers, Operations> => {
  const { store, clock, audit, vouchers } = deps
  return {
    listFreeUsers: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      const { items } = await store.find<FreeUserDoc>(
        'api_free_users',
        { party },
        { sort: [['_id', 1]], limit: 10_000 },
      )
      return { items: items.map(freeUserOf) }
    },
    putFreeUser: async ({ principal, params: { party }, body: { card, driver, label, until } }) => {
      mustActFor(principal, party)
      const kind = card === undefined ? 'driver' : 'card'
      const doc: FreeUserDoc = {
        _id: card === undefined ? freeUserId(party, 'driver', driver!) : freeUserId(party, 'card', cardHash(card)),
        party,
        kind,
        label,
        lastSigns: lastSignsOf(card ?? driver!),
        ...(until === undefined ? {} : { until }),
        addedAt: isoTime(clock()),
      }
      await store.write([
        { op: 'put', in: 'api_free_users', doc },
        audit.note({ principal, act: 'putFreeUser', party, subject: idOf(doc), details: { label } }),
      ])
      return freeUserOf(doc)
    },
    removeFreeUser: async ({ principal, params: { party, freeUserId: id } }) => {
      mustActFor(principal, party)
      const known = await store.get<FreeUserDoc>('api_free_users', `${party} ${id}`)
      if (!known) throw new WerenodeError('not-found', `${party} has no such entry`)
      await store.write([
        { op: 'delete', in: 'api_free_users', id: known._id, rev: known._rev },
        audit.note({ principal, act: 'removeFreeUser', party, subject: id }),
      ])
      return undefined
    },

    createVoucher: async ({ principal, params: { party }, body: { until, ...wish } }) => {
      mustActFor(principal, party)
      const note = audit.note({ principal, act: 'createVoucher', party, subject: wish.label, details: wish })
      const { code, voucher } = await vouchers.create(party, { ...wish, ...(until === undefined ? {} : { until }) }, [
        note,
      ])
      return { ...voucherOf(voucher), code }
    },
    prepareVoucherDeposits: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return chainOrWords(vouchers.deposits(party))
    },
    listVouchers: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return {
        items: (await vouchers.list(party)).map(voucherOf),
        redemptions: (await vouchers.due(party)).map(({ amountMicro, beneficiary, at, state, txHash }) => ({
          amountMicro,
          beneficiary,
          at,
          state,
          ...(txHash === undefined ? {} : { txHash }),
        })),
      }
    },
  }
}

const idOf = ({ _id, party }: FreeUserDoc): string => _id.slice(party.length + 1)
const freeUserOf = (doc: FreeUserDoc) => {
  const { kind, label, lastSigns, until, addedAt } = doc
  return { id: idOf(doc), kind, label, lastSigns, addedAt, ...(until === undefined ? {} : { until }) }
}
const voucherOf = ({ _id, label, amountMicro, uses, used, until, createdAt }: VoucherDoc) => ({
  id: _id.slice(0, 12),
  label,
  amountMicro,
  uses,
  used,
  createdAt,
  ...(until === undefined ? {} : { until }),
})
