import type { Handler } from '../link/handler.ts'
import type { Outgoing } from '../link/outgoing.ts'
import type { DataTransferDesk } from '../transfer/desk.ts'

/** OCPP 1.6 §5.6 and §6.23, OCPP 2.0.1 P01 and P02: `data` is text in 1.6 and anything in 2.x. */
interface Request {
  readonly vendorId?: string
  readonly messageId?: string
  readonly data?: unknown
}

interface Answer {
  readonly status: 'Accepted' | 'Rejected' | 'UnknownMessageId' | 'UnknownVendorId'
  readonly data?: unknown
}

/** Hands a vendor's message to its plug-in; without one it is kept and answered UnknownVendorId. */
export const createDataTransfer =
  ({ transfers }: { transfers: DataTransferDesk }): Handler<Request, Answer> =>
  (request, call) =>
    transfers.receive({
      stationId: call.stationId,
      vendorId: request.vendorId ?? '',
      messageId: request.messageId,
      data: request.data,
      receivedAt: call.receivedAt,
    })

/** The other way round. */
export const DataTransfer: Outgoing = { action: 'DataTransfer' }
