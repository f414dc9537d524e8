import { type Call, type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 1.6 §5.18: Unlocked, UnlockFailed or NotSupported. */
export const UnlockConnector: Outgoing = { action: 'UnlockConnector' }

export const unlockConnector = async (call: Call, connectorId: number): Promise<string> =>
  statusOf(await call(UnlockConnector.action, { connectorId }))
