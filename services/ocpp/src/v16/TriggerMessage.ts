import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 1.6 §5.17. */
export const triggerMessage = async (call: Call, requestedMessage: string, connectorId?: number): Promise<boolean> =>
  isAccepted(await call('TriggerMessage', { requestedMessage, ...(connectorId === undefined ? {} : { connectorId }) }))
