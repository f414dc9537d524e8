import { type Call, isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.14. */
export const Reset: Outgoing = { action: 'Reset' }

export const reset = async (call: Call, type: 'Soft' | 'Hard'): Promise<boolean> =>
  isAccepted(await call(Reset.action, { type }))
