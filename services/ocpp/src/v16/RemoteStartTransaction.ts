import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 1.6 §5.11. The connector is always named: stations with several refuse to choose. */
export const remoteStartTransaction = async (
  call: Call,
  request: { connectorId: number; idTag: string; chargingProfile?: unknown },
): Promise<boolean> => isAccepted(await call('RemoteStartTransaction', request))
