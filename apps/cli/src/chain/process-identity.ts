import { readFileSync } from 'node:fs'

/** Fields of /proc/PID/stat from the third (state) on; undefined where the system has none. */
const statFields = (pid: number): readonly string[] | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; the fields after it are counted from the last parenthesis.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** True while a process with this id runs (also one of another user). A dead one that nobody buried yet does not count. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return statFields(pid)?.[0] !== 'Z'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * A mark that differs when a process id was given to another process since: the start time in clock ticks after boot
 * (field 22). Undefined where the system does not tell.
 */
export const startMark = (pid: number): string | undefined => statFields(pid)?.[19]

/** Still the very process that was written down. Without marks (no /proc) only the id can be compared. */
export const isSameProcess = (pid: number, mark: string | undefined): boolean => {
  if (!isAlive(pid)) return false
  const now = startMark(pid)
  return mark === undefined || now === undefined || now === mark
}
