import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 O03, O04. The messages themselves come by NotifyDisplayMessages. */
export const GetDisplayMessages: Outgoing = { action: 'GetDisplayMessages' }
