import { type Access, accessOf, joinAccess } from '../profile/access.ts'
import type { PlugActor } from './actor.ts'
import { createTopicOwners } from './topic-owners.ts'

/** The plugs of this process: by id, and by the credential they come in with. */
export interface Registry {
  add(actor: PlugActor): void
  remove(plugId: string): PlugActor | undefined
  get(plugId: string): PlugActor | undefined
  all(): IterableIterator<PlugActor>
  behind(credentialId: string): readonly PlugActor[]
  /** What a credential may do: the sum over its plugs. */
  access(credentialId: string): Access | undefined
  /** Another credential whose topics these are. */
  rivalOf(credentialId: string, access: Access): string | undefined
}

export const createRegistry = (): Registry => {
  const actors = new Map<string, PlugActor>()
  const groups = new Map<string, { readonly members: Set<PlugActor>; access: Access }>()
  const owners = createTopicOwners()

  const change = (credentialId: string, by: (members: Set<PlugActor>) => void): void => {
    const group = groups.get(credentialId) ?? { members: new Set<PlugActor>(), access: joinAccess([]) }
    for (const filter of filtersOf(group.access)) owners.remove(credentialId, filter)
    by(group.members)
    group.access = joinAccess([...group.members].map(({ device }) => accessOf(device)))
    for (const filter of filtersOf(group.access)) owners.add(credentialId, filter)
    if (group.members.size === 0) groups.delete(credentialId)
    else groups.set(credentialId, group)
  }

  return {
    add: (actor) => {
      actors.set(actor.plugId, actor)
      change(actor.plug.credentialId, (members) => members.add(actor))
    },
    remove: (plugId) => {
      const actor = actors.get(plugId)
      if (!actor) return undefined
      actors.delete(plugId)
      change(actor.plug.credentialId, (members) => members.delete(actor))
      return actor
    },
    get: (plugId) => actors.get(plugId),
    all: () => actors.values(),
    behind: (credentialId) => [...(groups.get(credentialId)?.members ?? [])],
    access: (credentialId) => groups.get(credentialId)?.access,
    rivalOf: (credentialId, access) => {
      for (const filter of filtersOf(access)) {
        const rival = owners.rival(credentialId, filter)
        if (rival !== undefined) return rival
      }
      return undefined
    },
  }
}

const filtersOf = ({ publish, commands }: Access): readonly string[] => [...publish, ...commands]
