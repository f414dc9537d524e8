declare global {
  /** Set only by the kill harness (`WERENODE_KILL_AT`, see apps/cli): told the name of each point passed. */
  var werenodeFaultPoint: ((name: string) => void) | undefined
}

/**
 * Names a place between two lines where a process may die without anything being lost: the kill harness proves it there.
 * Costs one check of a global when nobody listens.
 */
export const faultPoint = (name: string): void => globalThis.werenodeFaultPoint?.(name)
