import { keepSettings } from '../keep/settings.ts'
import { type Component, type Variable, variableKey } from '../keep/variables.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 B07, B08: pages of the device model, in any order. */
interface Request {
  readonly reportData?: readonly {
    readonly component?: Component
    readonly variable?: Variable
    readonly variableAttribute?: readonly {
      readonly type?: string
      readonly value?: string
      readonly mutability?: string
    }[]
  }[]
}

export const createNotifyReport =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ reportData = [] }, { stationId }) => {
    await keepSettings(
      dossier,
      stationId,
      reportData.flatMap(({ component, variable, variableAttribute = [] }) =>
        variableAttribute.map(({ type = 'Actual', value, mutability }) => ({
          key: `${variableKey(component, variable)}${type === 'Actual' ? '' : `:${type}`}`,
          value,
          readonly: mutability === 'ReadOnly',
        })),
      ),
    )
    return {}
  }
