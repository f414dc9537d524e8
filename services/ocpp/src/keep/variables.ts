/** OCPP 2.0.1 §2.16 ComponentType and §2.53 VariableType. */
export interface Component {
  readonly name?: string
  readonly instance?: string
  readonly evse?: { readonly id?: number; readonly connectorId?: number }
}
export interface Variable {
  readonly name?: string
  readonly instance?: string
}

/** One text for a variable of the device model: `EVSE#1.AvailabilityState`, `Connector#1-2.Power[max]`. */
export const variableKey = (component: Component = {}, variable: Variable = {}): string => {
  const { evse } = component
  const place =
    evse?.id === undefined ? '' : `#${evse.id}${evse.connectorId === undefined ? '' : `-${evse.connectorId}`}`
  const instance = (text: string | undefined): string => (text === undefined ? '' : `[${text}]`)
  return `${component.name ?? ''}${instance(component.instance)}${place}.${variable.name ?? ''}${instance(variable.instance)}`
}
