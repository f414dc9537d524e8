import type { Call, Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly ongoingIndicator?: boolean
  readonly messagesInQueue?: boolean
}

/** OCPP 2.0.1 E14. */
export const GetTransactionStatus: Outgoing = { action: 'GetTransactionStatus' }

/** Whether the station still has something to tell of a transaction; undefined when it does not say. */
export const isStillOpen = async (call: Call, transactionId: string): Promise<boolean | undefined> => {
  const { ongoingIndicator, messagesInQueue } = (await call(GetTransactionStatus.action, { transactionId })) as Answer
  if (ongoingIndicator === undefined && messagesInQueue === undefined) return undefined
  return Boolean(ongoingIndicator) || Boolean(messagesInQueue)
}
