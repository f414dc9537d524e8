import { forgetProfiles } from '../keep/profiles.ts'
import { type Call, type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly chargingProfileId?: number
  readonly chargingProfileCriteria?: {
    readonly evseId?: number
    readonly chargingProfilePurpose?: string
    readonly stackLevel?: number
  }
}

/** OCPP 2.0.1 K10. */
export const ClearChargingProfile: Outgoing<Request, unknown> = {
  action: 'ClearChargingProfile',
  settle: ({ dossier, stationId, request: { chargingProfileId, chargingProfileCriteria: criteria } }) =>
    forgetProfiles(dossier, stationId, {
      id: chargingProfileId,
      evse: criteria?.evseId,
      purpose: criteria?.chargingProfilePurpose,
      stackLevel: criteria?.stackLevel,
    }),
}

export const clearChargingProfile201 = async (call: Call, chargingProfileId: number): Promise<string> =>
  statusOf(await call(ClearChargingProfile.action, { chargingProfileId }))
