import type { Doc, Store } from '@werenode/core'
import { keyPart } from '../keep/key.ts'

/** A vendor's own message. */
export interface VendorMessage {
  readonly stationId: string
  readonly vendorId: string
  readonly messageId: string | undefined
  readonly data: unknown
  readonly receivedAt: Date
}

export interface VendorAnswer {
  readonly status: 'Accepted' | 'Rejected' | 'UnknownMessageId' | 'UnknownVendorId'
  readonly data?: unknown
}

/** Understands one vendor's messages. */
export interface VendorPlugin {
  /** Compared without case. */
  readonly vendorId: string
  receive(message: VendorMessage): Promise<VendorAnswer>
}

export interface DataTransferDesk {
  receive(message: VendorMessage): Promise<VendorAnswer>
}

/** Keeps the last message of each vendor, message id and station, and asks the vendor's plug-in for the answer. */
export const createDataTransferDesk = ({
  store,
  plugins,
}: {
  store: Store
  plugins: readonly VendorPlugin[]
}): DataTransferDesk => {
  const byVendor = new Map(plugins.map((plugin) => [plugin.vendorId.toLowerCase(), plugin]))
  return {
    receive: async (message) => {
      const { stationId, vendorId, messageId, data, receivedAt } = message
      const doc = {
        _id: `${stationId}/${keyPart(vendorId)}/${keyPart(messageId ?? '')}`,
        stationId,
        vendorId,
        messageId: messageId ?? '',
        data: data ?? null,
        receivedAt: receivedAt.toISOString(),
      } satisfies Doc & Record<string, unknown>
      await store.write([{ op: 'put', in: 'ocpp_data_transfers', doc }])
      const plugin = byVendor.get(vendorId.toLowerCase())
      return plugin ? plugin.receive(message) : { status: 'UnknownVendorId' }
    },
  }
}
