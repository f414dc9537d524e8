import type { SessionRecord } from './record.ts'

/** Opened on chain from a standing offer: nobody asked us for a quote, and the driver hears of the charge from the chain alone. */
export const isStandingOpen = (record: Pick<SessionRecord, 'door' | 'operatorSignature'>): boolean =>
  record.door === 'chain' && record.operatorSignature === '0x'
