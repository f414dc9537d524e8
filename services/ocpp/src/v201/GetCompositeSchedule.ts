import { isAccepted, type Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly schedule?: { readonly evseId?: number; readonly scheduleStart?: string }
}

/** OCPP 2.0.1 K08. */
export const GetCompositeSchedule: Outgoing<{ evseId: number }, Answer> = {
  action: 'GetCompositeSchedule',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (!isAccepted(answer)) return
    const value = { start: answer.schedule?.scheduleStart ?? null, schedule: answer.schedule ?? null }
    await dossier.put(stationId, 'schedule', [{ key: String(answer.schedule?.evseId ?? request.evseId), value }])
  },
}
