import type { EventEnvelope } from '@werenode/core'

export interface Member {
  readonly handler: (event: EventEnvelope) => Promise<void>
  /** Events it works on at the same time, at most. */
  readonly concurrency: number
  active: number
}

/** Who takes a group's events, in turn. */
export interface Members {
  join(handler: Member['handler'], concurrency: number): Member
  /** Resolves when the member's last handler is done; it gets nothing new from now on. */
  leave(member: Member): Promise<void>
  /** A member with a free hand. */
  free(): Member | undefined
  done(member: Member): void
  count(): number
  active(): number
}

export const createMembers = (): Members => {
  const members: Member[] = []
  const leaving = new Map<Member, PromiseWithResolvers<void>>()
  let turn = 0

  const settle = (member: Member): void => {
    if (member.active > 0) return
    const at = members.indexOf(member)
    if (at !== -1) members.splice(at, 1)
    leaving.get(member)?.resolve()
  }

  return {
    join: (handler, concurrency) => {
      const member: Member = { handler, concurrency, active: 0 }
      members.push(member)
      return member
    },
    leave: (member) => {
      const left = leaving.get(member) ?? Promise.withResolvers<void>()
      leaving.set(member, left)
      settle(member)
      return left.promise
    },
    free: () => {
      for (let i = 0; i < members.length; i++) {
        const at = (turn + i) % members.length
        const member = members[at]!
        if (leaving.has(member) || member.active >= member.concurrency) continue
        turn = at + 1
        return member
      }
      return undefined
    },
    done: (member) => {
      member.active--
      if (leaving.has(member)) settle(member)
    },
    count: () => members.length,
    active: () => members.reduce((sum, member) => sum + member.active, 0),
  }
}
