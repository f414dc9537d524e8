import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 N15: how often a running stream sends. */
export const AdjustPeriodicEventStream: Outgoing<{ id: number; params: unknown }, unknown> = {
  action: 'AdjustPeriodicEventStream',
  settle: async ({ dossier, stationId, request: { id, params }, answer }) => {
    if (!isAccepted(answer)) return
    const known = (await dossier.get(stationId, 'stream', String(id)))?.value as Record<string, unknown> | undefined
    await dossier.put(stationId, 'stream', [{ key: String(id), value: { ...known, params } }])
  },
}
