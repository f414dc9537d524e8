import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 1.6 §5.14. */
export const reset = async (call: Call, type: 'Soft' | 'Hard'): Promise<boolean> =>
  isAccepted(await call('Reset', { type }))
