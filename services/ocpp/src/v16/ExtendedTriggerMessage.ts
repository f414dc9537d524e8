import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 security white paper §5.4. */
export const ExtendedTriggerMessage: Outgoing = { action: 'ExtendedTriggerMessage' }
