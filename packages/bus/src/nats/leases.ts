import { type Doc, isWerenodeError, type Store } from '@werenode/core'

export const LEASES = 'bus_leases'

interface LeaseDoc extends Doc {
  /** A process, or '' when nobody has it. */
  readonly owner: string
}

/** What a process holds: the revision is the fencing token, it rises with every change of hands. */
export interface Lease {
  readonly id: string
  readonly rev: number
}

const ifNoConflict = async <T>(run: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await run()
  } catch (error) {
    if (isWerenodeError(error) && error.code === 'conflict') return undefined
    throw error
  }
}

/** Takes a lease that nobody living holds; undefined when somebody does, or was quicker. */
export const takeLease = async (
  store: Store,
  id: string,
  self: string,
  isAlive: (owner: string) => boolean,
): Promise<Lease | undefined> => {
  const found = await store.get<LeaseDoc>(LEASES, id)
  const doc: LeaseDoc = { _id: id, owner: self }
  if (found === undefined)
    return ifNoConflict(async () => ({ id, rev: (await store.write([{ op: 'insert', in: LEASES, doc }]))[0]! }))
  if (found.owner !== '' && found.owner !== self && isAlive(found.owner)) return undefined
  const rev = found._rev
  return ifNoConflict(async () => ({ id, rev: (await store.write([{ op: 'replace', in: LEASES, doc, rev }]))[0]! }))
}

/** Gives it back; somebody who took it over meanwhile keeps it. */
export const releaseLease = async (store: Store, { id, rev }: Lease): Promise<void> => {
  const doc: LeaseDoc = { _id: id, owner: '' }
  await ifNoConflict(() => store.write([{ op: 'replace', in: LEASES, doc, rev }]))
}
