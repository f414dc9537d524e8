import { type Call, isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.12. */
export const RemoteStopTransaction: Outgoing = { action: 'RemoteStopTransaction' }

export const remoteStopTransaction = async (call: Call, transactionId: number): Promise<boolean> =>
  isAccepted(await call(RemoteStopTransaction.action, { transactionId }))
