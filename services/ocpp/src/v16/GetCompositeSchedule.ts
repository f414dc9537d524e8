import { isAccepted, type Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly connectorId?: number
  readonly scheduleStart?: string
  readonly chargingSchedule?: unknown
}

/** OCPP 1.6 §5.7. */
export const GetCompositeSchedule: Outgoing<{ connectorId: number }, Answer> = {
  action: 'GetCompositeSchedule',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (!isAccepted(answer)) return
    const value = { start: answer.scheduleStart ?? null, schedule: answer.chargingSchedule ?? null }
    await dossier.put(stationId, 'schedule', [{ key: String(answer.connectorId ?? request.connectorId), value }])
  },
}
