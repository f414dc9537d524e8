import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.5. */
export const ClearCache: Outgoing = { action: 'ClearCache' }
