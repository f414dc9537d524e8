import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { invoiceOf } from '../src/documents/invoice.ts'
import { invoicePdf } from '../src/documents/pdf.ts'
import { signedCharge } from '../test/signed-charge.ts'

/** Who stands on them: a business and a person. */
const seller = {
  name: 'Werenode Démo & Fils',
  address: '1 Rue de la Prise',
  postalCode: '69002',
  city: 'Lyon',
  countryCode: 'FR',
  vatId: 'FR32123456789',
  registrationId: '123456789',
}
const buyer = { name: 'Ada <Lovelace>', city: 'Paris', countryCode: 'FR' }

/** Writes invoices as this service makes them, in both languages, for the judges of others. Answers their files. */
export const writeInvoices = async (folder: string): Promise<readonly string[]> => {
  const driver = privateKeyToAccount(generatePrivateKey())
  const charges = await Promise.all(
    [10_000, 7_777, 1].map((energyWh, index) =>
      signedCharge({
        driver,
        startAt: new Date(`2026-10-${String(10 + index)}T08:00:00.000Z`),
        energyWh,
        startWh: (index + 1) * 100_000,
      }),
    ),
  )
  const invoice = invoiceOf({
    number: 'FRWRN-2026-000001',
    issuedOn: '2026-11-01',
    seller,
    buyer,
    charges: charges.map(({ view }) => view),
  })
  return Promise.all(
    (['en', 'fr'] as const).map(async (locale) => {
      const file = join(folder, `invoice-${locale}.pdf`)
      await writeFile(file, await invoicePdf({ kind: 'invoice', invoice, locale }))
      return file
    }),
  )
}
