import { type Call, type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 1.6 §5.2: Scheduled means it takes effect when the running transaction is over. */
export const ChangeAvailability: Outgoing<{ connectorId: number; type: string }, unknown> = {
  action: 'ChangeAvailability',
  settle: async ({ dossier, stationId, request: { connectorId, type }, answer }) => {
    const status = statusOf(answer)
    if (status === 'Accepted' || status === 'Scheduled')
      await dossier.put(stationId, 'availability', [
        { key: String(connectorId), value: { operative: type === 'Operative', scheduled: status === 'Scheduled' } },
      ])
  },
}

export const changeAvailability = async (call: Call, connectorId: number, operative: boolean): Promise<string> =>
  statusOf(await call(ChangeAvailability.action, { connectorId, type: operative ? 'Operative' : 'Inoperative' }))
