import { busyConnectors, type Index } from './fold.ts'
import { isOffered, type Plug } from './plug.ts'

export type Availability = 'free' | 'busy' | 'closed'

/** Free: open to be paid on chain, and one of its connectors has no open session. What the plug itself says is not on chain. */
export const availabilityOf = (plug: Plug, busy: ReadonlySet<string>, nowS: number): Availability => {
  if (!isOffered(plug, nowS)) return 'closed'
  return plug.connectors.some(({ connector }) => !busy.has(`${plug.key}/${connector}`)) ? 'free' : 'busy'
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

export interface Hit {
  readonly plug: Plug
  readonly availability: Availability
}

/** Plugs whose name or id holds every word, those that can be used first. */
export const searchPlugs = (
  index: Index,
  wish: { readonly words: string; readonly onlyFree: boolean; readonly nowS: number },
): readonly Hit[] => {
  const busy = busyConnectors(index)
  const words = plain(wish.words)
    .split(/\s+/)
    .filter((word) => word !== '')
  const order: Readonly<Record<Availability, number>> = { free: 0, busy: 1, closed: 2 }
  return [...index.plugs.values()]
    .filter((plug) => plug.evseId !== '')
    .filter((plug) => {
      const text = plain(`${plug.name} ${plug.evseId} ${plug.evseId.replaceAll('*', '')}`)
      return words.every((word) => text.includes(word))
    })
    .map((plug) => ({ plug, availability: availabilityOf(plug, busy, wish.nowS) }))
    .filter(({ availability }) => !wish.onlyFree || availability === 'free')
    .sort((a, b) => order[a.availability] - order[b.availability] || a.plug.name.localeCompare(b.plug.name))
}
