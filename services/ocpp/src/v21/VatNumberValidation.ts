import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.1 C: a driver typed a VAT number at the terminal. */
interface Request {
  readonly vatNumber?: string
  readonly evseId?: number
}

interface Answer {
  readonly vatNumber: string
  readonly evseId?: number
  readonly status: 'Accepted' | 'Rejected'
}

/** Two letters of an EU state (or Northern Ireland's XI) and its national number; the register itself is not asked. */
const vatNumberPattern =
  /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[A-Z0-9+*]{2,12}$/

export const createVatNumberValidation =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Answer> =>
  async ({ vatNumber = '', evseId }, { stationId, receivedAt }) => {
    const written = vatNumber.toUpperCase().replaceAll(/[\s.-]/g, '')
    const status = vatNumberPattern.test(written) ? 'Accepted' : 'Rejected'
    await dossier.put(stationId, 'settlement', [
      { key: `vat/${evseId ?? 0}`, value: { vatNumber: written, status, at: receivedAt.toISOString() } },
    ])
    return { vatNumber, ...(evseId === undefined ? {} : { evseId }), status }
  }
