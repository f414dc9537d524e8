import type { Outgoing } from '../link/outgoing.ts'
import { isAccepted } from '../link/outgoing.ts'

/** OCPP 2.1 Q: whether a car may also give back, and how. */
export const NotifyAllowedEnergyTransfer: Outgoing<{ transactionId: string; allowedEnergyTransfer: unknown }, unknown> =
  {
    action: 'NotifyAllowedEnergyTransfer',
    settle: async ({ dossier, stationId, request: { transactionId, allowedEnergyTransfer }, answer }) => {
      if (isAccepted(answer))
        await dossier.put(stationId, 'needs', [{ key: `allowed/${transactionId}`, value: { allowedEnergyTransfer } }])
    },
  }
