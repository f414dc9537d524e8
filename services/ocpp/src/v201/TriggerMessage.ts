import { type Call, isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 F06. */
export const TriggerMessage: Outgoing = { action: 'TriggerMessage' }

export const triggerMessage201 = async (
  call: Call,
  requestedMessage: string,
  evse?: { id: number; connectorId?: number },
): Promise<boolean> => isAccepted(await call(TriggerMessage.action, { requestedMessage, ...(evse ? { evse } : {}) }))
