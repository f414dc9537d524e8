import type { Store } from '@werenode/core'
import { failureFields, type Observer } from '../observe.ts'
import { type Lease, releaseLease, takeLease } from './leases.ts'
import type { Membership } from './members.ts'

interface Role {
  readonly name: string
  readonly run: () => Promise<() => Promise<void>>
  lease?: Lease
  end?: () => Promise<void>
  turn: Promise<void>
  over: boolean
}

export interface Leadership {
  lead(name: string, run: () => Promise<() => Promise<void>>): () => Promise<void>
  settle(): Promise<void>
  /** Steps down where this process is not sure any more; asks nobody, so that it works when the store does not answer. */
  watch(): void
  close(): Promise<void>
}

/** Who of several processes does what only one may do at a time; the others stand by. */
export const createLeadership = (options: { store: Store; membership: Membership; observer: Observer }): Leadership => {
  const { store, membership, observer } = options
  const roles = new Set<Role>()

  const stepDown = async (role: Role): Promise<void> => {
    const { lease, end } = role
    delete role.lease
    delete role.end
    await end?.()
    if (lease !== undefined) await releaseLease(store, lease)
  }

  /** Cut off from the store, the others may think us dead and begin. */
  const stepDownUnsure = async (role: Role): Promise<void> => {
    if (role.lease === undefined || membership.isSure()) return
    observer.log.warn({ role: role.name }, 'This process is not sure to lead any more and stops')
    await stepDown(role)
  }

  const settleOne = async (role: Role): Promise<void> => {
    await stepDownUnsure(role)
    if (role.lease !== undefined || role.over || !membership.isSure()) return
    const lease = await takeLease(store, `lead#${role.name}`, membership.self, membership.isAlive)
    if (lease === undefined) return
    role.lease = lease
    try {
      observer.log.info({ role: role.name }, 'This process leads now')
      role.end = await role.run()
    } catch (error) {
      await stepDown(role)
      throw error
    }
  }

  const inTurn = (role: Role, run: () => Promise<void>): Promise<void> => {
    role.turn = role.turn.catch(() => undefined).then(run)
    return role.turn
  }
  const leave = (role: Role): Promise<void> => {
    role.over = true
    roles.delete(role)
    return inTurn(role, () => stepDown(role))
  }

  return {
    lead: (name, run) => {
      const role: Role = { name, run, turn: Promise.resolve(), over: false }
      roles.add(role)
      inTurn(role, () => settleOne(role)).catch((error: unknown) =>
        observer.log.warn(
          { role: name, ...failureFields(error) },
          'This process could not begin to lead and will try again',
        ),
      )
      return () => leave(role)
    },
    settle: async () => {
      await Promise.all([...roles].map((role) => inTurn(role, () => settleOne(role))))
    },
    watch: () => {
      if (membership.isSure()) return
      for (const role of roles) {
        if (role.lease === undefined) continue
        inTurn(role, () => stepDownUnsure(role)).catch((error: unknown) =>
          observer.log.warn(
            { role: role.name, ...failureFields(error) },
            'This process has stopped to lead and could not tell the others; they will notice',
          ),
        )
      }
    },
    close: async () => {
      await Promise.allSettled([...roles].map(leave))
    },
  }
}
