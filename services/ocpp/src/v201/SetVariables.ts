import { keepSettings } from '../keep/settings.ts'
import { type Component, type Variable, variableKey } from '../keep/variables.ts'
import type { Call, Outgoing } from '../link/outgoing.ts'

interface Request {
  readonly setVariableData: readonly {
    readonly attributeValue: string
    readonly component: Component
    readonly variable: Variable
  }[]
}

interface Answer {
  readonly setVariableResult?: readonly { readonly attributeStatus?: string }[]
}

/** OCPP 2.0.1 B05. The results come in the order of the request. */
export const SetVariables: Outgoing<Request, Answer> = {
  action: 'SetVariables',
  settle: ({ dossier, stationId, request, answer }) =>
    keepSettings(
      dossier,
      stationId,
      request.setVariableData.flatMap(({ component, variable, attributeValue }, index) => {
        const status = answer.setVariableResult?.[index]?.attributeStatus
        const isSet = status === 'Accepted' || status === 'RebootRequired'
        const key = variableKey(component, variable)
        return isSet ? [{ key, value: attributeValue, rebootRequired: status === 'RebootRequired' }] : []
      }),
    ),
}

export interface VariableValue {
  readonly component: string
  readonly variable: string
  readonly value: string
}

/** Resolves with the status of each: Accepted, Rejected, UnknownComponent, UnknownVariable, RebootRequired ... */
export const setVariables = async (
  call: Call,
  values: readonly VariableValue[],
): Promise<readonly { readonly variable: string; readonly status: string }[]> => {
  const answer = (await call(SetVariables.action, {
    setVariableData: values.map(({ component, variable, value }) => ({
      attributeValue: value,
      component: { name: component },
      variable: { name: variable },
    })),
  })) as Answer
  return values.map(({ variable }, index) => ({
    variable,
    status: answer.setVariableResult?.[index]?.attributeStatus ?? 'Rejected',
  }))
}
