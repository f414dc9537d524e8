import { createHash } from 'node:crypto'
import type { Store } from '@werenode/core'
import type { ObjectDoc } from '../collections.ts'
import { partyKey } from '../http/routing.ts'
import type { InvoiceRecord, PartyRef } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import type { OcpiObjects } from '../objects/objects.ts'
import type { StatementDoc } from './books.ts'

/**
 * mod_invoice_reconciliation (2.3.0 edition 2): a period that both sides closed is our invoice for the CDRs we issued in it, named by its
 * interval. Told again it is the same record; partners of older versions are owed nothing.
 */
export const createInvoices = (deps: {
  readonly store: Store
  readonly us: PartyRef
  readonly objects: Pick<OcpiObjects, 'putOwn'>
}) => {
  const { store, us, objects } = deps
  const mine = `${partyKey(us)}|`.toUpperCase()

  return async ({ _id, from, to, at, cdrs }: StatementDoc): Promise<void> => {
    const ids = cdrs
      .filter((key) => key.startsWith(mine))
      .map((key) => docId('own', 'cdrs', plainId(us, key.slice(mine.length))))
    if (ids.length === 0) return
    const docs = await store.getMany<ObjectDoc<'cdrs'>>('ocpi_objects', ids)
    for (const [party, billed] of Map.groupBy(docs, ({ forParty }) => forParty)) {
      if (party === undefined) continue
      const [country_code, party_id] = party.split('*') as [string, string]
      const record: InvoiceRecord = {
        ...us,
        id: createHash('sha256').update(`${_id}|${party}`).digest('hex').slice(0, 36),
        invoice_id: `${from}/${to}`,
        cdrs: billed.map(({ object }) => object.id).sort(),
        last_updated: at,
      }
      await objects.putOwn('invoicereconciliation', record, { forParty: { country_code, party_id } })
    }
  }
}
