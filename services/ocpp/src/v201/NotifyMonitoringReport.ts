import { type Component, type Variable, variableKey } from '../keep/variables.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 N02. */
interface Request {
  readonly monitor?: readonly {
    readonly component?: Component
    readonly variable?: Variable
    readonly variableMonitoring?: readonly { readonly id?: number; readonly [member: string]: unknown }[]
  }[]
}

export const createNotifyMonitoringReport =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ monitor = [] }, { stationId }) => {
    await dossier.put(
      stationId,
      'monitor',
      monitor.flatMap(({ component, variable, variableMonitoring = [] }) =>
        variableMonitoring.map(({ id = 0, ...rest }) => ({
          key: String(id),
          value: { variable: variableKey(component, variable), ...rest },
        })),
      ),
    )
    return {}
  }
