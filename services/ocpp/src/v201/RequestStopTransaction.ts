import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 2.0.1 F03. */
export const requestStopTransaction = async (call: Call, transactionId: string): Promise<boolean> =>
  isAccepted(await call('RequestStopTransaction', { transactionId }))
