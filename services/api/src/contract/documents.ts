import { z } from 'zod'
import type { Contract } from './contract.ts'
import { amountMicro, isoTime, party, sessionId } from './schemas/primitives.ts'

const words = (most: number) => z.string().trim().min(1).max(most)
const locale = z.enum(['en', 'fr']).default('en')
const billing = z
  .strictObject({
    name: words(120),
    address: z.exactOptional(words(200)),
    postalCode: z.exactOptional(words(12)),
    city: z.exactOptional(words(80)),
    countryCode: z.string().regex(/^[A-Z]{2}$/),
    vatId: z.exactOptional(z.string().regex(/^[A-Z]{2}[A-Z0-9]{2,13}$/)),
    registrationId: z.exactOptional(words(30)),
    email: z.exactOptional(z.email().max(200)),
  })
  .meta({ id: 'Billing', description: 'Who stands on an invoice.' })
const month = z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const keptDocument = z
  .object({
    kind: z.enum(['receipt', 'invoice']),
    number: z.string(),
    party,
    locale: z.enum(['en', 'fr']),
    month: z.exactOptional(z.string()),
    sessionIds: z.array(sessionId),
    grossMicro: amountMicro,
    createdAt: isoTime,
    sha256: sha256.describe('Of the PDF; GET /v1/documents/{sha256}.'),
  })
  .meta({ id: 'Document' })
const span = { from: isoTime, to: isoTime }

/** Papers: receipts, invoices, exports, and what the GDPR asks for. */
export const documentContracts = {
  getReceiptPdf: {
    summary: 'The receipt of a settled charge as PDF',
    tag: 'sessions',
    params: z.strictObject({ sessionId }),
    query: z.strictObject({ locale }),
    answer: { status: 200, words: 'PDF/A-3.', bytes: 'application/pdf' },
    errors: ['not-found', 'session-state'],
  },
  getSignedReadings: {
    summary: 'What the station’s meter signed, as transparency software reads it',
    description: 'OCMF originals, verbatim. `not-found` where the station signs nothing.',
    tag: 'sessions',
    params: z.strictObject({ sessionId }),
    answer: { status: 200, words: 'XML with the signed values.', text: 'application/xml' },
    errors: ['not-found'],
  },
  exportCharges: {
    summary: 'My charges of a span as CSV',
    tag: 'sessions',
    query: z.strictObject(span),
    answer: { status: 200, words: 'CSV, one charge a row.', text: 'text/csv' },
    errors: [],
  },
  createInvoice: {
    summary: 'The invoice of a month that is over',
    description: 'Made once: the same month again is the same document. PDF/A-3 with Factur-X (EN 16931) inside.',
    tag: 'sessions',
    body: z.strictObject({ party, month, locale }),
    answer: { status: 201, words: 'The invoice.', schema: keptDocument },
    errors: ['not-found', 'conflict'],
  },
  listDocuments: {
    summary: 'My receipts and invoices',
    tag: 'sessions',
    answer: { status: 200, words: 'Newest first.', schema: z.object({ items: z.array(keptDocument) }) },
    errors: [],
  },
  linkDocument: {
    summary: 'A signed address of one of my documents',
    description:
      'Whoever has it may read the document until it expires: for a download by the browser itself, or a viewer.',
    tag: 'sessions',
    params: z.strictObject({ sha256 }),
    answer: {
      status: 201,
      words: 'The address.',
      schema: z.object({ url: z.url(), expiresAt: isoTime }).meta({ id: 'DocumentLink' }),
    },
    errors: ['not-found'],
  },
  getDocument: {
    summary: 'A document of mine',
    tag: 'sessions',
    params: z.strictObject({ sha256 }),
    answer: { status: 200, words: 'The PDF as it was made.', bytes: 'application/pdf' },
    errors: ['not-found'],
  },
  getAccountBilling: {
    summary: 'What stands on my invoices',
    tag: 'identity',
    answer: { status: 200, words: 'As told.', schema: billing },
    errors: ['not-found'],
  },
  putAccountBilling: {
    summary: 'Tell what shall stand on my invoices',
    tag: 'identity',
    body: billing,
    answer: { status: 200, words: 'As told.', schema: billing },
    errors: [],
  },
  putPartyBilling: {
    summary: 'Tell what shall stand on my party’s invoices',
    tag: 'parties',
    params: z.strictObject({ party }),
    body: billing,
    answer: { status: 200, words: 'As told.', schema: billing },
    errors: ['not-found'],
  },
  exportAccount: {
    summary: 'Everything this node knows of me',
    description: 'GDPR Art. 15 and 20.',
    tag: 'identity',
    answer: { status: 200, words: 'As JSON.', schema: z.record(z.string(), z.unknown()).meta({ id: 'PersonalData' }) },
    errors: [],
  },
  eraseAccount: {
    summary: 'Forget me',
    description: 'GDPR Art. 17. Invoices stay as long as tax law asks; the chain keeps hashes and addresses.',
    tag: 'identity',
    body: z.strictObject({ confirm: z.literal('erase my account') }),
    answer: {
      status: 200,
      words: 'What was done.',
      schema: z.object({ erased: z.int(), kept: z.array(z.string()) }).meta({ id: 'Erasure' }),
    },
    errors: ['conflict'],
  },
} as const satisfies Record<string, Contract>
