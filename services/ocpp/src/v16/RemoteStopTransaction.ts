import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 1.6 §5.12. */
export const remoteStopTransaction = async (call: Call, transactionId: number): Promise<boolean> =>
  isAccepted(await call('RemoteStopTransaction', { transactionId }))
