import { readdirSync, readFileSync } from 'node:fs'

/** Name of the variable that every process started by one run carries, and hands to what it starts. */
export const runMark = 'WERENODE_RUN'

/**
 * Ends processes that a run left behind: a test that kills a server cannot end what that server had started in a group of its own. They
 * are known by the mark in their environment, so that nobody else's process is touched. Returns how many (0 where there is no /proc).
 */
export const endLeftovers = (mark: string): number => {
  let ended = 0
  for (const name of processIds()) {
    const pid = Number(name)
    if (pid === process.pid || !carries(pid, mark)) continue
    try {
      process.kill(pid, 'SIGKILL')
      ended += 1
    } catch {
      // It ended by itself in this moment.
    }
  }
  return ended
}

const processIds = (): readonly string[] => {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    // No /proc on this system: the process group alone was ended.
    return []
  }
}

const carries = (pid: number, mark: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${runMark}=${mark}`)
  } catch {
    // Gone, or somebody else's.
    return false
  }
}
