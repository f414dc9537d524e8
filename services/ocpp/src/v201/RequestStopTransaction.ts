import { type Call, isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 F03. */
export const RequestStopTransaction: Outgoing = { action: 'RequestStopTransaction' }

export const requestStopTransaction = async (call: Call, transactionId: string): Promise<boolean> =>
  isAccepted(await call(RequestStopTransaction.action, { transactionId }))
