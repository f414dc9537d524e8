import { overlaps } from '../transport/topics.ts'

/** Whose topics are whose, found without looking at every plug: by the first two levels, which nearly all filters name in words. */
export interface TopicOwners {
  add(owner: string, filter: string): void
  remove(owner: string, filter: string): void
  /** Somebody else with a filter that could match the same topic. */
  rival(owner: string, filter: string): string | undefined
}

const open = '*'

export const createTopicOwners = (): TopicOwners => {
  /** First level -> second level (or `*` where it is a wildcard or missing) -> filter -> owners. */
  const shelves = new Map<string, Map<string, Map<string, Set<string>>>>()

  const placeOf = (filter: string): readonly [string, string] => {
    const [first = '', second = '#'] = filter.split('/')
    return [first, second === '+' || second === '#' ? open : second]
  }
  const search = (owner: string, filter: string, shelf: Map<string, Set<string>> | undefined): string | undefined => {
    for (const [other, owners] of shelf ?? []) {
      if (!overlaps(filter, other)) continue
      for (const candidate of owners) if (candidate !== owner) return candidate
    }
    return undefined
  }

  return {
    add: (owner, filter) => {
      const [first, second] = placeOf(filter)
      const shelf = shelves.get(first) ?? new Map<string, Map<string, Set<string>>>()
      shelves.set(first, shelf)
      const filters = shelf.get(second) ?? new Map<string, Set<string>>()
      shelf.set(second, filters)
      filters.set(filter, (filters.get(filter) ?? new Set()).add(owner))
    },
    remove: (owner, filter) => {
      const [first, second] = placeOf(filter)
      const filters = shelves.get(first)?.get(second)
      const owners = filters?.get(filter)
      owners?.delete(owner)
      if (owners?.size === 0) filters!.delete(filter)
    },
    rival: (owner, filter) => {
      const [first, second] = placeOf(filter)
      const shelf = shelves.get(first)
      if (!shelf) return undefined
      if (second !== open) return search(owner, filter, shelf.get(second)) ?? search(owner, filter, shelf.get(open))
      for (const filters of shelf.values()) {
        const found = search(owner, filter, filters)
        if (found !== undefined) return found
      }
      return undefined
    },
  }
}
