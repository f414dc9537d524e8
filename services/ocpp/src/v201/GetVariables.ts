import { keepSettings } from '../keep/settings.ts'
import { type Component, type Variable, variableKey } from '../keep/variables.ts'
import type { Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly getVariableResult?: readonly {
    readonly attributeStatus?: string
    readonly attributeType?: string
    readonly attributeValue?: string
    readonly component?: Component
    readonly variable?: Variable
  }[]
}

/** OCPP 2.0.1 B06. Targets and limits (MinSet, MaxSet, Target) are kept under their own names. */
export const GetVariables: Outgoing<unknown, Answer> = {
  action: 'GetVariables',
  settle: ({ dossier, stationId, answer }) =>
    keepSettings(
      dossier,
      stationId,
      (answer.getVariableResult ?? [])
        .filter(({ attributeStatus }) => attributeStatus === 'Accepted')
        .map(({ component, variable, attributeType, attributeValue }) => ({
          key: `${variableKey(component, variable)}${attributeType === undefined || attributeType === 'Actual' ? '' : `:${attributeType}`}`,
          value: attributeValue,
        })),
    ),
}
