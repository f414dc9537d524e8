import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.1 C: what was paid at a terminal of the station. */
interface Request {
  readonly transactionId?: string
  readonly pspRef?: string
  readonly status?: string
  readonly settlementAmount?: number
  readonly settlementTime?: string
  readonly receiptId?: string
  readonly receiptUrl?: string
  readonly [member: string]: unknown
}

/** The receipt's number the station gave is confirmed; receipts of our own are made from our own sessions. */
export const createNotifySettlement =
  ({
    dossier,
  }: {
    dossier: Dossier
  }): Handler<Request, { readonly receiptId?: string; readonly receiptUrl?: string }> =>
  async ({ customData, ...settlement }, { stationId, receivedAt }) => {
    const value = { ...settlement, receivedAt: receivedAt.toISOString() }
    // The payment service's reference is what makes a payment itself: told twice it is one.
    await dossier.put(stationId, 'settlement', [{ key: settlement.pspRef ?? '', value }])
    return {
      ...(settlement.receiptId === undefined ? {} : { receiptId: settlement.receiptId }),
      ...(settlement.receiptUrl === undefined ? {} : { receiptUrl: settlement.receiptUrl }),
    }
  }
