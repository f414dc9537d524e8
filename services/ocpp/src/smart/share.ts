/** An EVSE that takes part in a site's limit. */
export interface Sharer {
  readonly key: string
  /** Most its connector and car can take, W. */
  readonly maxW: number
  /** Least with which a car charges at all (6 A on its phases), W; between it and nothing there is nothing. */
  readonly minW: number
  /** A car stands there and takes part. */
  readonly active: boolean
  /** Its station listens. Whoever does not keeps what was granted last, whatever happens meanwhile. */
  readonly reachable: boolean
  /** What its station was last told, W. */
  readonly grantedW: number
  /** The driver's target: so much, by then. */
  readonly target?: { readonly energyWh: number; readonly departMs: number } | undefined
  /** What the car got so far, Wh: of two that cannot both have the least, the one that got less goes first. */
  readonly deliveredWh?: number
}

/** W by EVSE. */
export type Grants = ReadonlyMap<string, number>

/**
 * Shares a site's limit: what is unreachable stays reserved; every car that needs a rate to leave in time gets it as far as it goes;
 * what remains is shared evenly, nobody beyond what they can take. The sum never exceeds the limit, unless what is reserved already
 * does: then everybody else gets nothing.
 */
export const shareSite = (limitW: number, sharers: readonly Sharer[], nowMs: number): Grants => {
  const grants = new Map<string, number>()
  let leftW = limitW
  for (const { key, reachable, grantedW } of sharers)
    if (!reachable) {
      grants.set(key, grantedW)
      leftW -= grantedW
    }
  const listening = sharers.filter(({ reachable }) => reachable)
  for (const { key } of listening) grants.set(key, 0)

  const candidates = listening
    .filter(({ active, maxW, minW }) => active && maxW >= minW)
    .sort((a, b) => urgency(b, nowMs) - urgency(a, nowMs) || (a.deliveredWh ?? 0) - (b.deliveredWh ?? 0))
  // Whoever fits in with the least that charges a car at all.
  const served: Sharer[] = []
  for (const sharer of candidates) {
    if (sharer.minW > leftW) continue
    leftW -= sharer.minW
    grants.set(sharer.key, sharer.minW)
    served.push(sharer)
  }
  const raise = (sharer: Sharer, toW: number): void => {
    const has = grants.get(sharer.key)!
    const more = Math.max(0, Math.min(toW, sharer.maxW) - has)
    grants.set(sharer.key, has + more)
    leftW -= more
  }
  fill(served, (sharer) => Math.min(sharer.maxW, neededW(sharer, nowMs)))
  fill(served, ({ maxW }) => maxW)
  return grants

  /** Water poured over all alike, until each is at its mark or there is no more. */
  function fill(all: readonly Sharer[], markOf: (sharer: Sharer) => number): void {
    let thirsty = all.filter((sharer) => grants.get(sharer.key)! < markOf(sharer))
    while (thirsty.length > 0 && leftW >= 1) {
      const lowest = Math.min(...thirsty.map(({ key }) => grants.get(key)!))
      const low = thirsty.filter(({ key }) => grants.get(key)! === lowest)
      const next = Math.min(
        ...thirsty.filter(({ key }) => grants.get(key)! > lowest).map(({ key }) => grants.get(key)!),
        ...low.map(markOf),
      )
      const step = Math.min(next - lowest, leftW / low.length)
      for (const sharer of low) raise(sharer, lowest + step)
      thirsty = thirsty.filter((sharer) => markOf(sharer) - grants.get(sharer.key)! > 1e-6)
    }
  }
}

/** The even rate at which a target is met in time, W. A target that is late is asked for at any rate. */
const neededW = ({ target }: Sharer, nowMs: number): number => {
  if (!target || target.energyWh <= 0) return 0
  const hours = (target.departMs - nowMs) / 3_600_000
  return hours <= 0 ? Number.POSITIVE_INFINITY : target.energyWh / hours
}

const urgency = (sharer: Sharer, nowMs: number): number => Math.min(1, neededW(sharer, nowMs) / sharer.maxW)
