import { WerenodeError } from '@werenode/core'

/** What one process of a house of many can be. `roaming` and `mqtt` work in one process at a time, the others in any number. */
export const serviceNames = ['store', 'chain', 'relayer', 'ocpp', 'mqtt', 'manager', 'api', 'roaming'] as const
export type ServiceName = (typeof serviceNames)[number]

/** `ocpp,manager` as a person types it; throws `invalid-input`. */
export const servicesNamed = (text: string): ReadonlySet<ServiceName> => {
  const names = text.split(',').map((name) => name.trim())
  for (const name of names)
    if (!(serviceNames as readonly string[]).includes(name))
      throw new WerenodeError('invalid-input', `There is no service "${name.slice(0, 30)}"`, {
        hint: `Services: ${serviceNames.join(', ')}.`,
      })
  return new Set(names as ServiceName[])
}
