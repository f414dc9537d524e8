import { type Call, isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.17. What it triggers comes as a message of its own. */
export const TriggerMessage: Outgoing = { action: 'TriggerMessage' }

export const triggerMessage = async (call: Call, requestedMessage: string, connectorId?: number): Promise<boolean> =>
  isAccepted(
    await call(TriggerMessage.action, { requestedMessage, ...(connectorId === undefined ? {} : { connectorId }) }),
  )
