import { type Component, type Variable, variableKey } from '../keep/variables.ts'
import type { Outgoing } from '../link/outgoing.ts'

interface Request {
  readonly setMonitoringData: readonly {
    readonly component: Component
    readonly variable: Variable
    readonly type: string
    readonly value: number
    readonly severity: number
  }[]
}

interface Answer {
  readonly setMonitoringResult?: readonly { readonly id?: number; readonly status?: string }[]
}

/** OCPP 2.0.1 N04: the station gives each monitor its number. */
export const SetVariableMonitoring: Outgoing<Request, Answer> = {
  action: 'SetVariableMonitoring',
  settle: ({ dossier, stationId, request, answer }) =>
    dossier.put(
      stationId,
      'monitor',
      request.setMonitoringData.flatMap(({ component, variable, type, value, severity }, index) => {
        const result = answer.setMonitoringResult?.[index]
        if (result?.status !== 'Accepted' || result.id === undefined) return []
        const monitor = { variable: variableKey(component, variable), type, value, severity }
        return [{ key: String(result.id), value: monitor }]
      }),
    ),
}
