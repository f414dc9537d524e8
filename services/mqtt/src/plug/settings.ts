/** How long things may take, ms; the usual values suit real plugs, tests shorten them. */
export interface PlugTimes {
  /** A start that the device has not confirmed is given up. */
  readonly startTimeoutMs: number
  /** A command that shows no effect is sent again. */
  readonly repeatMs: number
  /** Between looks at what time alone brings. */
  readonly tickMs: number
  /** Least time between two readings told to those who watch, while a session uses the plug and while none does. */
  readonly tellEveryMs: number
  readonly tellIdleEveryMs: number
  /** Least time between two meter events of a transaction. */
  readonly meterEveryMs: number
  /** Silence after which a plug is out of reach, where its report interval does not ask for more. */
  readonly silentAfterMs: number
  /** A plug that comes back switched off within this time goes on; later its session is over. */
  readonly resumeWithinMs: number
  /** After the dead-man timer must have ended the supply: then an unreachable plug's session is closed on its last reading. */
  readonly unreachableGraceMs: number
  /** How long a last counter reading is waited for when power is at zero. */
  readonly lastCounterMs: number
}

export const usualPlugTimes: PlugTimes = {
  startTimeoutMs: 40_000,
  repeatMs: 10_000,
  tickMs: 2_000,
  tellEveryMs: 5_000,
  tellIdleEveryMs: 900_000,
  meterEveryMs: 1_000,
  silentAfterMs: 180_000,
  resumeWithinMs: 600_000,
  unreachableGraceMs: 300_000,
  lastCounterMs: 10_000,
}
