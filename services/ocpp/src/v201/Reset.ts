import { type Call, type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 2.0.1 B11, B12: Accepted, Scheduled (after the transactions) or Rejected. */
export const Reset: Outgoing = { action: 'Reset' }

export const reset201 = async (call: Call, type: 'Immediate' | 'OnIdle', evseId?: number): Promise<string> =>
  statusOf(await call(Reset.action, { type, ...(evseId === undefined ? {} : { evseId }) }))
