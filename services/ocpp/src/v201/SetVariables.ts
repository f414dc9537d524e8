import type { Call } from '../link/outgoing.ts'

export interface VariableValue {
  readonly component: string
  readonly variable: string
  readonly value: string
}

export interface VariableResult extends Omit<VariableValue, 'value'> {
  /** Accepted, Rejected, UnknownComponent, UnknownVariable, NotSupportedAttributeType, RebootRequired. */
  readonly status: string
}

/** OCPP 2.0.1 B05. */
export const setVariables = async (
  call: Call,
  values: readonly VariableValue[],
): Promise<readonly VariableResult[]> => {
  const answer = (await call('SetVariables', {
    setVariableData: values.map(({ component, variable, value }) => ({
      attributeValue: value,
      component: { name: component },
      variable: { name: variable },
    })),
  })) as { setVariableResult?: readonly { attributeStatus?: string }[] }
  return values.map(({ component, variable }, index) => ({
    component,
    variable,
    status: answer.setVariableResult?.[index]?.attributeStatus ?? 'Rejected',
  }))
}
