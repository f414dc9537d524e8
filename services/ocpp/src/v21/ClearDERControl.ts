import { type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly isDefault: boolean
  readonly controlType?: string
  readonly controlId?: string
}

/** OCPP 2.1 R: one control by its id, or all of a type. */
export const ClearDERControl: Outgoing<Request, unknown> = {
  action: 'ClearDERControl',
  settle: async ({ dossier, stationId, request: { isDefault, controlType, controlId }, answer }) => {
    const status = statusOf(answer)
    if (status !== 'Accepted' && status !== 'NotFound') return
    const gone = (await dossier.list(stationId, 'der')).filter(({ key, value }) => {
      const control = value as { isDefault?: boolean; controlType?: string }
      if (!key.startsWith('control/')) return false
      if (controlId !== undefined) return key === `control/${controlId}`
      return (control.isDefault ?? false) === isDefault && (controlType ?? control.controlType) === control.controlType
    })
    await dossier.remove(
      stationId,
      'der',
      gone.map(({ key }) => key),
    )
  },
}
