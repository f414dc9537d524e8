import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 2.0.1 F06. */
export const triggerMessage201 = async (
  call: Call,
  requestedMessage: string,
  evse?: { id: number; connectorId?: number },
): Promise<boolean> => isAccepted(await call('TriggerMessage', { requestedMessage, ...(evse ? { evse } : {}) }))
