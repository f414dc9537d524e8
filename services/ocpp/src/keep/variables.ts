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

/** Reads what `variableKey` writes; undefined for what is no variable of the device model. */
export const parseVariableKey = (
  key: string,
): { readonly component: Component; readonly variable: Variable } | undefined => {
  const match = /^([^[\]#.]+)(?:\[([^\]]*)\])?(?:#(\d+)(?:-(\d+))?)?\.([^[\]]+)(?:\[([^\]]*)\])?$/.exec(key)
  if (!match) return undefined
  const [, name, instance, evse, connectorId, variable, variableInstance] = match
  return {
    component: {
      name: name!,
      ...(instance === undefined ? {} : { instance }),
      ...(evse === undefined
        ? {}
        : { evse: { id: Number(evse), ...(connectorId === undefined ? {} : { connectorId: Number(connectorId) }) } }),
    },
    variable: { name: variable!, ...(variableInstance === undefined ? {} : { instance: variableInstance }) },
  }
}
