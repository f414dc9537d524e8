import { isAccepted, type Outgoing } from '../link/outgoing.ts'

interface Request {
  readonly controlId: string
  readonly isDefault: boolean
  readonly controlType: string
}

/** OCPP 2.1 R: how the station behaves towards the grid. */
export const SetDERControl: Outgoing<Request, { supersededIds?: readonly string[] }> = {
  action: 'SetDERControl',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (!isAccepted(answer)) return
    await dossier.put(stationId, 'der', [{ key: `control/${request.controlId}`, value: request }])
    await markSuperseded(dossier, stationId, answer.supersededIds ?? [])
  },
}

type Keeper = Parameters<NonNullable<(typeof SetDERControl)['settle']>>[0]['dossier']

/** A control of a higher priority puts others aside; they come back when it ends. */
export const markSuperseded = async (dossier: Keeper, stationId: string, ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    const known = await dossier.get(stationId, 'der', `control/${id}`)
    const value = { ...(known?.value as Record<string, unknown> | undefined), superseded: true }
    await dossier.put(stationId, 'der', [{ key: `control/${id}`, value }])
  }
}
