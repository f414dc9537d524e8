import { busyConnectors, type Index } from './fold.ts'
import { isOffered, type Plug } from './plug.ts'

export type Availability = 'free' | 'busy' | 'closed'

/** Free: open to be paid on chain, and one of its connectors has no open session. What the plug itself says is not on chain. */
export const availabilityOf = (plug: Plug, busy: ReadonlySet<string>, nowS: number): Availability => {
  if (!isOffered(plug, nowS)) return 'closed'
  return plug.connectors.some(({ connector }) => !busy.has(`${plug.key}/${connector}`)) ? 'free' : 'busy'
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** What a plug is found by; made once for each, since a search looks at all of them. */
const texts = new WeakMap<Plug, { readonly all: string; readonly order: string }>()
const textOf = (plug: Plug): { readonly all: string; readonly order: string } => {
  const known = texts.get(plug)
  if (known !== undefined) return known
  const name = plain(plug.name)
  // Numbers in names are ordered as numbers: Rue 2 before Rue 10.
  const order = name.replaceAll(/\d+/g, (digits) => digits.padStart(8, '0'))
  const text = { order, all: `${name} ${plain(plug.evseId)} ${plain(plug.evseId.replaceAll('*', ''))}` }
  texts.set(plug, text)
  return text
}

export interface Hit {
  readonly plug: Plug
  readonly availability: Availability
}

/** What somebody looks for; `nowS`, unix seconds, decides which offers still stand. */
export interface Wish {
  readonly words: string
  readonly onlyFree: boolean
  readonly nowS: number
}

const order: Readonly<Record<Availability, number>> = { free: 0, busy: 1, closed: 2 }

/** Plugs whose name or id holds every word, those that can be used first. */
export const searchPlugs = (index: Index, wish: Wish): readonly Hit[] => {
  const busy = busyConnectors(index)
  const words = plain(wish.words)
    .split(/\s+/)
    .filter((word) => word !== '')
  const found: { readonly hit: Hit; readonly name: string }[] = []
  for (const plug of index.plugs.values()) {
    if (plug.evseId === '') continue
    const { all, order: name } = textOf(plug)
    if (!words.every((word) => all.includes(word))) continue
    const availability = availabilityOf(plug, busy, wish.nowS)
    if (wish.onlyFree && availability !== 'free') continue
    found.push({ hit: { plug, availability }, name })
  }
  found.sort(
    (a, b) => order[a.hit.availability] - order[b.hit.availability] || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
  return found.map(({ hit }) => hit)
}
