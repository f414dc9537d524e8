import { type Call, isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.11. What it begins is known by its idTag, kept before it is sent. */
export const RemoteStartTransaction: Outgoing = { action: 'RemoteStartTransaction' }

/** The connector is always named: stations with several refuse to choose. */
export const remoteStartTransaction = async (
  call: Call,
  request: { connectorId: number; idTag: string; chargingProfile?: unknown },
): Promise<boolean> => isAccepted(await call(RemoteStartTransaction.action, request))
