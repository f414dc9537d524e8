import type { PlugFamilyView } from '@werenode/core'

type Variable = PlugFamilyView['variables'][number]

/** The groups in which the generic family is filled in, by how its variables begin. */
const groups = [
  ['power', /^power/],
  ['energy', /^energy/],
  ['state', /^(state|onWord|offWord)/],
  ['command', /^(command|onPayload|offPayload)/],
  ['availability', /^(available|availability|unavailable)/],
  ['refresh', /^refresh/],
  ['temperature', /^temperature/],
] as const
export type VariableGroup = (typeof groups)[number][0]

/** Variables of the family that an operator fills in, in groups; those of the others have none. */
export const groupsOf = (
  family: PlugFamilyView,
): readonly { readonly group: VariableGroup | undefined; readonly variables: readonly Variable[] }[] => {
  if (family.family !== 'generic') return [{ group: undefined, variables: family.variables }]
  return groups
    .map(([group, begins]) => ({ group, variables: family.variables.filter(({ name }) => begins.test(name)) }))
    .filter(({ variables }) => variables.length > 0)
}
