import type { Grants } from './share.ts'

/** Tells an EVSE its limit; false when its station did not take it. */
export type SetLimit = (key: string, limitW: number) => Promise<boolean>

export interface Applied {
  /** What holds at each station now, as far as anybody can know. */
  readonly inForce: Grants
  /** Everybody took what was wanted. */
  readonly complete: boolean
}

/**
 * Brings new grants into force so that at no moment more is granted than before or after: first whoever gives up, and only when a
 * station took its lower limit does another get what became free. `keep` makes each step durable before (a raise) or after (a cut) it
 * is told, so that a restart in between reserves too much rather than too little.
 */
export const applyGrants = async (
  limitW: number,
  before: Grants,
  wanted: Grants,
  setLimit: SetLimit,
  keep: (inForce: Grants) => Promise<void>,
): Promise<Applied> => {
  const inForce = new Map(before)
  let complete = true
  const now = (key: string): number => inForce.get(key) ?? 0
  for (const [key, toW] of wanted) {
    if (toW >= now(key)) continue
    if (await setLimit(key, toW)) inForce.set(key, toW)
    else complete = false
  }
  await keep(inForce)
  const sum = (): number => [...inForce.values()].reduce((total, value) => total + value, 0)
  for (const [key, toW] of wanted) {
    const fromW = now(key)
    if (toW <= fromW) continue
    const grantW = Math.min(toW, fromW + Math.max(0, limitW - sum()))
    if (grantW < toW) complete = false
    if (grantW <= fromW) continue
    inForce.set(key, grantW)
    await keep(inForce)
    if (await setLimit(key, grantW)) continue
    // Whether the station heard it nobody knows: it stays reserved until it answers again.
    complete = false
  }
  return { inForce, complete }
}
