import { readdirSync, readFileSync } from 'node:fs'

/** Time a process of this machine has spent on a CPU in all its threads, ms; 0 where the system does not tell. Children are not in it. */
export const cpuMs = (pid: number): number => {
  // schedstat counts nanoseconds, stat only hundredths of a second; a thread that ended meanwhile is simply no longer told.
  let ns = 0
  for (const task of readdirSync(`/proc/${pid}/task`))
    try {
      ns += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
    } catch (error) {
      if (!['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) throw error
    }
  return ns / 1e6
}

/** The processes a process started. */
export const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** CPU of several processes together. */
export const cpuOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + cpuMs(pid), 0)

/** SIGKILL; nothing where it is gone already. */
export const endProcess = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
