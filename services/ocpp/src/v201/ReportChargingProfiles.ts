import { keepProfile } from '../keep/profiles.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 K09. */
interface Request {
  readonly evseId?: number
  readonly chargingLimitSource?: string
  readonly chargingProfile?: readonly {
    readonly id?: number
    readonly stackLevel?: number
    readonly chargingProfilePurpose?: string
  }[]
}

export const createReportChargingProfiles =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ evseId = 0, chargingProfile = [] }, { stationId }) => {
    for (const profile of chargingProfile)
      await keepProfile(dossier, stationId, profile.id ?? 0, {
        evse: evseId,
        purpose: profile.chargingProfilePurpose ?? '',
        stackLevel: profile.stackLevel ?? 0,
        source: 'reported',
        profile,
      })
    return {}
  }
