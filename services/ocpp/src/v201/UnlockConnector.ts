import { type Call, type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 2.0.1 F05: Unlocked, UnlockFailed, OngoingAuthorizedTransaction or UnknownConnector. */
export const UnlockConnector: Outgoing = { action: 'UnlockConnector' }

export const unlockConnector201 = async (call: Call, evseId: number, connectorId: number): Promise<string> =>
  statusOf(await call(UnlockConnector.action, { evseId, connectorId }))
