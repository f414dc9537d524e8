import type { DeviceProfile } from '../profile/schema.ts'

/** What the power curve says of a vehicle at a dumb socket. */
export type LoadPhase = 'waiting' | 'charging' | 'pausing' | 'full' | 'unplugged'

export interface LoadState {
  readonly phase: LoadPhase
  /** ms since 1970 since when power has been in its present band. */
  readonly since: number
  readonly band: Band
  /** Power was drawn at some time. */
  readonly hasCharged: boolean
}

type Band = 'none' | 'idle' | 'load'

export type LoadEnd = 'unplugged' | 'full' | 'no-load'

export const beginLoad = (at: number): LoadState => ({ phase: 'waiting', since: at, band: 'none', hasCharged: false })

const bandOf = (powerW: number, { unpluggedW, idleW }: DeviceProfile['load'], plugged: boolean | undefined): Band => {
  if (powerW >= idleW) return 'load'
  // A device that sees the cable is believed; a socket only sees that nothing at all is drawn.
  if (plugged !== undefined) return plugged ? 'idle' : 'none'
  return powerW < unpluggedW ? 'none' : 'idle'
}

/**
 * The vehicle does not take what it could have: idle fees may run. Not while it only wakes up or pauses, which at a dumb socket looks
 * the same for a while.
 */
export const isIdle = ({ phase, since }: LoadState, at: number, { unpluggedAfterS }: DeviceProfile['load']): boolean =>
  phase === 'full' || phase === 'unplugged' || (phase === 'waiting' && at - since >= unpluggedAfterS * 1000)

/** Takes one power reading (or the mere passing of time, with the last power) into the curve. */
export const followLoad = (
  state: LoadState,
  seen: { readonly at: number; readonly powerW: number; readonly plugged?: boolean | undefined },
  limits: DeviceProfile['load'],
): { readonly state: LoadState; readonly end?: LoadEnd } => {
  const band = bandOf(seen.powerW, limits, seen.plugged)
  const since = band === state.band ? state.since : seen.at
  const heldS = (seen.at - since) / 1000
  const hasCharged = state.hasCharged || band === 'load'
  const moved = (phase: LoadPhase, end?: LoadEnd) => ({
    state: { phase, since, band, hasCharged },
    ...(end === undefined ? {} : { end }),
  })
  if (band === 'load') return moved('charging')
  if (!hasCharged) return moved('waiting', heldS >= limits.noLoadAfterS ? 'no-load' : undefined)
  if (band === 'none') {
    // A charger may cut its draw to nothing for a moment; only time tells.
    if (heldS < limits.unpluggedAfterS) return moved('pausing')
    return moved('unplugged', 'unplugged')
  }
  if (heldS < limits.fullAfterS) return moved('pausing')
  return moved('full', heldS >= limits.fullAfterS + limits.idleGraceS ? 'full' : undefined)
}
