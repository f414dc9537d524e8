import type { Call, Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 I02: shows the driver at the plug what it costs so far. */
export const CostUpdated: Outgoing = { action: 'CostUpdated' }

export const costUpdated = async (call: Call, transactionId: string, totalCost: number): Promise<void> => {
  await call(CostUpdated.action, { transactionId, totalCost })
}
