import type { ObjectDoc } from '../collections.ts'
import type { Handler } from '../http/call.ts'
import { type Answer, invalid, notFound } from '../http/envelope.ts'
import type { InvoiceRecord } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import { ownerOf, type ReceiverDeps } from './receiver.ts'
import { byMethod } from './sender.ts'

/** mod_invoice_reconciliation (2.3.0 edition 2), Receiver interface: which of their CDRs an invoice of theirs covers. */
export const invoiceReceiver = (
  deps: ReceiverDeps & {
    get: (id: string) => Promise<ObjectDoc | undefined>
    trouble: (partnerId: string, about: string, message: string) => Promise<void>
  },
): Handler => {
  const read = (call: Parameters<Handler>[0]): InvoiceRecord => {
    const mapper = call.version.mapper.invoicereconciliation
    if (mapper === undefined) throw notFound(`The module invoicereconciliation of ${call.version.number}`)
    return call.read(mapper.schema) as InvoiceRecord
  }
  const keep = async (call: Parameters<Handler>[0], record: InvoiceRecord): Promise<Answer> => {
    const outcome = await deps.objects.putTheirs(call.partner._id, 'invoicereconciliation', record)
    for (const id of record.cdrs) {
      const cdr = await deps.get(docId(call.partner._id, 'cdrs', plainId(record, id)))
      if (cdr === undefined)
        await deps.trouble(
          call.partner._id,
          `invoice ${record.invoice_id}`,
          `It covers CDR ${id}, which was never received.`,
        )
    }
    return { http: outcome === 'new' ? 201 : 200 }
  }
  return byMethod({
    POST: async (call) => {
      const record = read(call)
      const { country_code, party_id } = ownerOf({ ...call, parts: [record.country_code, record.party_id] })
      const answer = await keep(call, record)
      const address = [country_code, party_id, record.id].map(encodeURIComponent).join('/')
      return { ...answer, headers: { location: `${call.base}/${address}` } }
    },
    PUT: async (call) => {
      const owner = ownerOf(call)
      const record = read(call)
      if (plainId(record, record.id) !== plainId(owner, call.parts[2] ?? ''))
        throw invalid('The URL and the body name different records')
      return keep(call, record)
    },
    GET: async (call) => {
      const doc = await deps.get(
        docId(call.partner._id, 'invoicereconciliation', plainId(ownerOf(call), call.parts[2] ?? '')),
      )
      if (doc === undefined || doc.gone) throw notFound(`The record ${String(call.parts[2]).slice(0, 40)}`)
      return { data: doc.object }
    },
    DELETE: async (call) => {
      const doc = await deps.get(
        docId(call.partner._id, 'invoicereconciliation', plainId(ownerOf(call), call.parts[2] ?? '')),
      )
      if (doc === undefined || doc.gone) throw notFound(`The record ${String(call.parts[2]).slice(0, 40)}`)
      await deps.objects.putTheirs(call.partner._id, 'invoicereconciliation', doc.object as InvoiceRecord, {
        gone: true,
      })
      return {}
    },
  })
}
