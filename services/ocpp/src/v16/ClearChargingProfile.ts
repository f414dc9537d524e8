import { forgetProfiles } from '../keep/profiles.ts'
import { type Call, type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly id?: number
  readonly connectorId?: number
  readonly chargingProfilePurpose?: string
  readonly stackLevel?: number
}

/** OCPP 1.6 §5.4: Accepted, or Unknown when there was none. Either way it is not there any more. */
export const ClearChargingProfile: Outgoing<Request, unknown> = {
  action: 'ClearChargingProfile',
  settle: ({ dossier, stationId, request: { id, connectorId, chargingProfilePurpose, stackLevel } }) =>
    forgetProfiles(dossier, stationId, { id, evse: connectorId, purpose: chargingProfilePurpose, stackLevel }),
}

export const clearChargingProfile = async (call: Call, id: number): Promise<string> =>
  statusOf(await call(ClearChargingProfile.action, { id }))
