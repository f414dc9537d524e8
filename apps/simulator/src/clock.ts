/**
 * The simulated world's time. It runs `speed` times as fast as ours and starts at our time, so that energies, timestamps and
 * intervals stay consistent with each other: a charge of an hour takes a minute at speed 60. A station sets its own clock by the
 * server, as real ones do, but only while nothing runs: its timestamps never jump within a transaction.
 */
export interface WorldClock {
  readonly speed: number
  /** Simulated ms since 1970. */
  now(): number
  /** Sets the clock to `time` from here on. */
  set(time: number): void
  /** Calls back once after simulated ms. Returns how to cancel. */
  after(ms: number, callback: () => void): () => void
}

export const createWorldClock = (speed: number): WorldClock => {
  let origin = Date.now()
  let realOrigin = performance.now()
  return {
    speed,
    now: () => origin + (performance.now() - realOrigin) * speed,
    set: (time) => {
      origin = time
      realOrigin = performance.now()
    },
    after: (ms, callback) => {
      const timer = setTimeout(callback, Math.min(ms / speed, 2 ** 31 - 1))
      return () => clearTimeout(timer)
    },
  }
}
