/** Durations in ms and easings as cubic Béziers. */
export interface Motion {
  readonly duration: Readonly<Record<'instant' | 'fast' | 'medium' | 'slow', number>>
  readonly easing: Readonly<Record<'standard' | 'enter' | 'exit', readonly [number, number, number, number]>>
  /** Pulse of a charging plug, ms a turn; 0 stands still. */
  readonly pulse: number
  /** How far a thing may slide as it appears, pixels; reduced motion fades in place. */
  readonly travel: number
}

const easing = { standard: [0.2, 0, 0, 1], enter: [0, 0, 0, 1], exit: [0.3, 0, 1, 1] } as const

export const motion: Motion = {
  duration: { instant: 0, fast: 120, medium: 200, slow: 320 },
  easing,
  pulse: 1800,
  travel: 12,
}

/** For `prefers-reduced-motion: reduce`: nothing moves, changes of colour stay just long enough to be seen. */
export const reducedMotion: Motion = {
  duration: { instant: 0, fast: 0, medium: 0, slow: 80 },
  easing,
  pulse: 0,
  travel: 0,
}

export const motionFor = (reduced: boolean): Motion => (reduced ? reducedMotion : motion)
