import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.1 R: lists of controls, one member for each shape a control can have. */
interface Request {
  readonly requestId?: number
  readonly tbc?: boolean
  readonly [shape: string]: unknown
}

export const createReportDERControl =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ requestId, tbc, customData, ...shapes }, { stationId }) => {
    await dossier.put(
      stationId,
      'der',
      Object.entries(shapes).flatMap(([shape, controls]) =>
        (Array.isArray(controls) ? controls : []).map((control: { id?: string }) => ({
          key: `control/${control.id ?? shape}`,
          value: { shape, reported: true, ...control },
        })),
      ),
    )
    return {}
  }
