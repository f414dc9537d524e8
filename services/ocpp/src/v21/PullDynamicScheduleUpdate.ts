import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { dynamicKey } from './UpdateDynamicSchedule.ts'

/** OCPP 2.1 K: the station asks for the newest figures of a dynamic profile. */
interface Answer {
  readonly status: 'Accepted' | 'Rejected'
  readonly scheduleUpdate?: unknown
  readonly statusInfo?: { readonly reasonCode: string; readonly additionalInfo: string }
}

export const createPullDynamicScheduleUpdate =
  ({ dossier }: { dossier: Dossier }): Handler<{ readonly chargingProfileId?: number }, Answer> =>
  async ({ chargingProfileId = 0 }, { stationId }) => {
    const known = await dossier.get(stationId, 'schedule', dynamicKey(chargingProfileId))
    if (known) return { status: 'Accepted', scheduleUpdate: (known.value as { update: unknown }).update }
    const additionalInfo = `No figures were set for profile ${chargingProfileId}`
    return { status: 'Rejected', statusInfo: { reasonCode: 'NoProfile', additionalInfo } }
  }
