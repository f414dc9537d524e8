import { access, type OperationId, operationIds } from '../contract/access.ts'
import type { Contract } from '../contract/contract.ts'
import { contracts } from '../contract/contracts.ts'

export type RootType = 'Query' | 'Mutation' | 'Subscription'

/** A field of a root type and the operation behind it. */
export interface RootField {
  readonly root: RootType
  readonly name: string
  readonly operation: OperationId
}

/**
 * The operations that GraphQL offers: all that answer JSON or events about the domain. Signing in, pages and pictures stay where they
 * are: at their addresses.
 */
export const rootFields: readonly RootField[] = operationIds.flatMap((operation) => {
  const contract: Contract = contracts[operation]
  const { method, path } = access[operation]
  const offered = path.startsWith('/v1/') && !contract.upload && !contract.form
  if (!offered) return []
  const { answer } = contract
  if ('events' in answer) return { root: 'Subscription', name: bare(operation, 'stream'), operation }
  if (!('schema' in answer) && answer.status !== 204) return []
  if (method === 'GET') return { root: 'Query', name: bare(operation, 'get|list'), operation }
  return { root: 'Mutation', name: operation, operation }
})

/** `listSessions` is the field `sessions`, `getSession` the field `session`. */
function bare(operation: string, verbs: string): string {
  const name = operation.replace(new RegExp(`^(?:${verbs})(?=[A-Z])`), '')
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** Fields that lead from one object to another: the parent's value becomes the argument of an operation. */
export const links = {
  Session: { evse: { operation: 'getEvse', argument: 'evseId', from: 'evseId', type: 'EvseDetail' } },
  Quote: { evse: { operation: 'getEvse', argument: 'evseId', from: 'evseId', type: 'EvseDetail' } },
  LocationSummary: { detail: { operation: 'getLocation', argument: 'locationId', from: 'id', type: 'LocationDetail' } },
} as const satisfies Record<
  string,
  Record<string, { operation: OperationId; argument: string; from: string; type: string }>
>
