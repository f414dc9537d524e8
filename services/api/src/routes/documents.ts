import {
  type Address,
  ask,
  type Bus,
  isWerenodeError,
  type Principal,
  type SessionId,
  type SessionView,
  type Store,
  WerenodeError,
} from '@werenode/core'
import type { createPersonalData } from '../account/personal-data.ts'
import { type BillingDoc, billingOf } from '../documents/billing.ts'
import type { DocumentDoc, Documents } from '../documents/documents.ts'
import { chargesCsv, signedReadingsXml } from '../documents/exports.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { mustActFor } from './parties.ts'

type Operations =
  | 'getReceiptPdf'
  | 'getSignedReadings'
  | 'exportCharges'
  | 'createInvoice'
  | 'listDocuments'
  | 'getDocument'
  | 'linkDocument'
  | 'getAccountBilling'
  | 'putAccountBilling'
  | 'putPartyBilling'
  | 'exportAccount'
  | 'eraseAccount'

/** Papers: receipts, invoices, exports, and what the GDPR asks for. */
export const documentRoutes = (deps: {
  store: Store
  bus: Bus
  documents: Documents
  personal: ReturnType<typeof createPersonalData>
  audit: Audit
}): Pick<Handlers, Operations> => {
  const { store, bus, documents, personal, audit } = deps

  const own = async (principal: Principal, sessionId: SessionId): Promise<SessionView> => {
    const missing = (): WerenodeError =>
      new WerenodeError('not-found', `There is no session ${sessionId}`, { hint: 'GET /v1/sessions lists yours.' })
    const view = await ask(bus, 'manager.session', { sessionId }).catch((error: unknown) => {
      throw isWerenodeError(error) && error.code === 'not-found' ? missing() : error
    })
    if (view.driver.toLowerCase() !== principal.address) throw missing()
    return view
  }
  const putBilling = async (
    _id: string,
    billing: BillingDoc['billing'],
    extra: object,
    also: Parameters<Store['write']>[0] = [],
  ) => {
    const doc: BillingDoc = { _id, billing, ...extra }
    await store.write([{ op: 'put', in: 'api_billing', doc }, ...also])
    return billing
  }

  return {
    getReceiptPdf: async ({ principal, params: { sessionId }, query: { locale }, reply }) => {
      const bytes = await documents.receipt(principal.accountId, await own(principal, sessionId), locale)
      reply.header('content-disposition', `inline; filename="receipt-${sessionId.slice(2, 14)}.pdf"`)
      return bytes
    },
    getSignedReadings: async ({ principal, params: { sessionId } }) => {
      await own(principal, sessionId)
      const { transactionKey } = await ask(bus, 'manager.evidence', { sessionId })
      const xml = transactionKey === undefined ? undefined : await signedReadingsXml(store, transactionKey)
      if (xml === undefined)
        throw new WerenodeError('not-found', 'The station signed no readings of this charge', {
          hint: 'The gateway’s signed readings are in GET /v1/receipts/{sessionId}.',
        })
      return xml
    },
    exportCharges: async ({ principal, query: { from, to }, reply }) => {
      reply.header('content-disposition', `attachment; filename="charges-${from.slice(0, 10)}-${to.slice(0, 10)}.csv"`)
      return chargesCsv(await documents.chargesOf(driverOf(principal), from, to))
    },
    createInvoice: async ({ principal, body }) =>
      documentOf(await documents.invoice({ accountId: principal.accountId, driver: driverOf(principal) }, body)),
    listDocuments: async ({ principal }) => ({ items: (await documents.list(driverOf(principal))).map(documentOf) }),
    getDocument: async ({ principal, params: { sha256 }, reply }) => {
      const doc = await documents.find(driverOf(principal), sha256)
      reply.header('content-disposition', `inline; filename="${doc.kind}-${doc.number}.pdf"`)
      return documents.read(doc)
    },

    linkDocument: async ({ principal, params: { sha256 } }) =>
      documents.link(await documents.find(driverOf(principal), sha256)),

    getAccountBilling: async ({ principal }) => {
      const billing = await billingOf.account(store, principal.accountId)
      if (billing) return billing
      throw new WerenodeError('not-found', 'You have told nothing yet', { hint: 'PUT /v1/account/billing.' })
    },
    putAccountBilling: async ({ principal: { accountId }, body }) =>
      putBilling(`account ${accountId}`, body, { accountId }),
    putPartyBilling: async ({ principal, params: { party }, body }) => {
      mustActFor(principal, party)
      return putBilling(`party ${party}`, body, {}, [
        audit.note({ principal, act: 'putPartyBilling', party, subject: party }),
      ])
    },

    exportAccount: async ({ principal, reply }) => {
      reply.header('content-disposition', 'attachment; filename="my-data.json"')
      return personal.export(principal.accountId)
    },
    eraseAccount: async ({ principal }) =>
      personal.erase(principal, audit.note({ principal, act: 'eraseAccount', subject: principal.accountId })),
  }
}

const driverOf = ({ address }: Principal): Address => {
  if (address) return address
  throw new WerenodeError('not-allowed', 'This login has no wallet', { hint: 'Sign in with a wallet.' })
}

const documentOf = (doc: DocumentDoc) => {
  const { kind, number, party, locale, month, sessionIds, grossMicro, createdAt, sha256 } = doc
  return {
    kind,
    number,
    party,
    locale,
    sessionIds,
    grossMicro,
    createdAt,
    sha256,
    ...(month === undefined ? {} : { month }),
  }
}
