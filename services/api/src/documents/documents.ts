import { createHash } from 'node:crypto'
import {
  type Address,
  ask,
  type BlobStore,
  type Bus,
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  isWerenodeError,
  type Party,
  type SessionId,
  type SessionView,
  type Store,
  WerenodeError,
} from '@werenode/core'
import { type ChargeDoc, charges } from '../charges/charge-doc.ts'
import type { PartyDoc } from '../identity/parties.ts'
import { type BillingParty, billingOf } from './billing.ts'
import type { Locale } from './document-words.ts'
import { invoiceOf } from './invoice.ts'
import { invoicePdf } from './pdf.ts'

/** A document that was made once and is kept as it was. `_id`: `receipt <session> <locale>` or `invoice <driver> <party> <month>`. */
export interface DocumentDoc extends Doc {
  readonly kind: 'receipt' | 'invoice'
  readonly driver: Address
  readonly party: Party
  readonly number: string
  readonly locale: Locale
  readonly month?: string
  readonly sessionIds: readonly SessionId[]
  readonly grossMicro: string
  readonly createdAt: string
  /** Of the PDF, hex. Told on the public receipt of each charge in it, so that a copy can be held against it. */
  readonly sha256: string
  readonly blobKey: string
}
interface NumberDoc extends Doc {
  readonly next: number
}

export const documentCollections: readonly CollectionSpec[] = [
  { name: 'api_documents', indexes: [{ fields: ['driver', 'createdAt'] }, { fields: ['party', 'createdAt'] }] },
  { name: 'api_document_numbers' },
  /** `_id` `<session> <document>`: which documents a charge is in. */
  { name: 'api_document_sessions', indexes: [{ fields: ['sessionId'] }] },
]

/** Done with money: an amount no longer changes. */
const final = new Set(['settled'])
const mostCharges = 2_000
/** How long a signed address of a document is good, s. */
const linkS = 5 * 60

export const createDocuments = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  blobs: BlobStore | undefined
  origin: string
}) => {
  const { store, bus, clock, origin } = deps
  const blobs = (): BlobStore => {
    if (deps.blobs) return deps.blobs
    throw new WerenodeError('store-unavailable', 'This node keeps no documents', {
      hint: 'Its operator can give it a blob store.',
    })
  }

  const sellerOf = async (party: Party): Promise<BillingParty & { complete: boolean }> => {
    const billing = await billingOf.party(store, party)
    const name = billing?.name ?? (await store.get<PartyDoc>('api_parties', party))?.name ?? party
    return { countryCode: party.slice(0, 2), ...billing, name, complete: billing?.address !== undefined }
  }
  const buyerOf = async (accountId: string, driver: Address): Promise<BillingParty> =>
    (await billingOf.account(store, accountId)) ?? { name: driver, countryCode: 'FR' }

  const readBlob = async ({ blobKey }: DocumentDoc): Promise<Uint8Array> => {
    const found = await blobs().get(blobKey)
    if (!found) throw new WerenodeError('not-found', 'The document is no longer kept')
    return found.bytes
  }

  /** Keeps a rendered document once; of two that render at once the first stays. */
  const keep = async (
    draft: Omit<DocumentDoc, 'sha256' | 'blobKey' | 'createdAt'>,
    bytes: Uint8Array,
    also: Parameters<Store['write']>[0] = [],
  ): Promise<DocumentDoc> => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const blobKey = `documents/${draft.party.replace('*', '')}/${sha256}.pdf`
    await blobs().put(blobKey, bytes, { contentType: 'application/pdf' })
    const doc: DocumentDoc = { ...draft, sha256, blobKey, createdAt: isoTime(clock()) }
    await store.write([
      { op: 'insert', in: 'api_documents', doc },
      ...draft.sessionIds.map((sessionId) => ({
        op: 'insert' as const,
        in: 'api_document_sessions',
        doc: { _id: `${sessionId} ${draft._id}`, sessionId, kind: draft.kind, sha256, number: draft.number } as Doc,
      })),
      ...also,
    ])
    return doc
  }

  const chargesOf = async (driver: Address, from: string, to: string): Promise<readonly SessionView[]> => {
    const { items } = await store.find<ChargeDoc>(
      charges,
      { driver, endedAt: { $gte: from, $lt: to } },
      { sort: [['endedAt', 1]], limit: 10_000 },
    )
    return items.filter(({ state }) => final.has(state)).map(({ view }) => view)
  }

  return {
    /** The receipt of one settled charge; made when first asked for. */
    async receipt(accountId: string, view: SessionView, locale: Locale): Promise<Uint8Array> {
      if (!final.has(view.state) || !view.receipt)
        throw new WerenodeError('session-state', `A session that is ${view.state} has no receipt yet`, {
          hint: 'It comes once the charge is settled.',
        })
      const _id = `receipt ${view.id} ${locale}`
      const known = await store.get<DocumentDoc>('api_documents', _id)
      if (known) return readBlob(known)
      const { party } = await ask(bus, 'manager.evidence', { sessionId: view.id })
      const { complete: _complete, ...seller } = await sellerOf(party)
      const number = view.id.slice(2, 14).toUpperCase()
      const invoice = invoiceOf({
        number,
        issuedOn: (view.endedAt ?? view.createdAt).slice(0, 10),
        seller,
        buyer: await buyerOf(accountId, view.driver),
        charges: [view],
      })
      const bytes = await invoicePdf({ kind: 'receipt', invoice, locale, verifyUrl: `${origin}/r/${view.id}` })
      const draft = { _id, kind: 'receipt' as const, driver: view.driver, party, number, locale, sessionIds: [view.id] }
      try {
        await keep({ ...draft, grossMicro: view.receipt.amount }, bytes)
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        return readBlob((await store.get<DocumentDoc>('api_documents', _id))!)
      }
      return bytes
    },

    /** The invoice of a month that is over, numbered without gaps per seller and year. The same month again is the same invoice. */
    async invoice(
      who: { accountId: string; driver: Address },
      wish: { party: Party; month: string; locale: Locale },
    ): Promise<DocumentDoc> {
      const { party, month, locale } = wish
      const _id = `invoice ${who.driver} ${party} ${month}`
      const from = `${month}-01T00:00:00.000Z`
      const to = isoTime(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)))
      if (to > isoTime(clock()))
        throw new WerenodeError('conflict', `The month ${month} is not over`, { hint: 'Ask again when it is.' })
      const { complete, ...seller } = await sellerOf(party)
      if (!complete)
        throw new WerenodeError('conflict', `${seller.name} has not told its address, which an invoice must name`, {
          hint: 'Receipts of single charges are there; the operator sets PUT /v1/parties/{party}/billing.',
        })
      for (;;) {
        const known = await store.get<DocumentDoc>('api_documents', _id)
        if (known) return known
        const mine = (await chargesOf(who.driver, from, to)).filter((view) => BigInt(view.receipt?.amount ?? '0') > 0n)
        const parties = new Map(
          (
            await store.getMany<ChargeDoc>(
              charges,
              mine.map(({ id }) => id),
            )
          ).map((charge) => [charge._id, charge.party]),
        )
        const views = mine.filter(({ id }) => parties.get(id) === party).slice(0, mostCharges)
        if (views.length === 0)
          throw new WerenodeError('not-found', `There is nothing to invoice by ${party} in ${month}`)
        const year = isoTime(clock()).slice(0, 4)
        const counterId = `${party} ${year}`
        const counter = await store.get<NumberDoc>('api_document_numbers', counterId)
        const next = counter?.next ?? 1
        const number = `${party.replace('*', '')}-${year}-${String(next).padStart(6, '0')}`
        const invoice = invoiceOf({
          number,
          issuedOn: isoTime(clock()).slice(0, 10),
          seller,
          buyer: await buyerOf(who.accountId, who.driver),
          charges: views,
        })
        const bytes = await invoicePdf({ kind: 'invoice', invoice, locale })
        const after: NumberDoc = { _id: counterId, next: next + 1 }
        try {
          return await keep(
            {
              _id,
              kind: 'invoice',
              driver: who.driver,
              party,
              number,
              locale,
              month,
              sessionIds: views.map(({ id }) => id),
              grossMicro: (invoice.paidCents * 10_000n).toString(),
            },
            bytes,
            [
              counter
                ? { op: 'replace', in: 'api_document_numbers', doc: after, rev: counter._rev }
                : { op: 'insert', in: 'api_document_numbers', doc: after },
            ],
          )
        } catch (error) {
          // Another invoice of this seller took the number, or this very one was made meanwhile.
          if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        }
      }
    },

    list: async (driver: Address) =>
      (await store.find<DocumentDoc>('api_documents', { driver }, { sort: [['createdAt', -1]], limit: 500 })).items,
    read: readBlob,
    /** A document of this driver by its hash. */
    async find(driver: Address, sha256: string): Promise<DocumentDoc> {
      const { items } = await store.find<DocumentDoc>('api_documents', { driver, sha256 }, { limit: 1 })
      if (items[0]) return items[0]
      throw new WerenodeError('not-found', 'You have no such document')
    },
    /** An address that opens the document to whoever has it, for five minutes. */
    async link({ blobKey }: DocumentDoc): Promise<{ url: string; expiresAt: string }> {
      const url = await blobs().signedUrl(blobKey, { verb: 'get', expiresInS: linkS })
      return { url, expiresAt: isoTime(new Date(clock().getTime() + linkS * 1000)) }
    },
    /** The documents a charge is in, for its public receipt. */
    ofSession: async (sessionId: SessionId) =>
      (
        await store.find<Doc & { kind: 'receipt' | 'invoice'; sha256: string }>(
          'api_document_sessions',
          { sessionId },
          { limit: 10 },
        )
      ).items.map(({ kind, sha256 }) => ({ kind, sha256 })),
    chargesOf,
  }
}
export type Documents = ReturnType<typeof createDocuments>
