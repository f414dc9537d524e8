import { appendFileSync } from 'node:fs'

/**
 * Arms the kill harness: `WERENODE_KILL_AT=<point>:<n>` ends this process by SIGKILL when the named point is passed for the
 * n-th time, as a power cut would. `WERENODE_FAULT_LOG=<file>` lists the points passed, so that the harness knows their names.
 */
export const armKillPoint = (env: NodeJS.ProcessEnv): void => {
  const { WERENODE_KILL_AT: target, WERENODE_FAULT_LOG: logFile } = env
  if (target === undefined && logFile === undefined) return
  const split = target?.lastIndexOf(':') ?? -1
  const wanted = target?.slice(0, split)
  let left = Number(target?.slice(split + 1) ?? Number.NaN)
  const seen = new Set<string>()
  globalThis.werenodeFaultPoint = (name) => {
    if (logFile !== undefined && !seen.has(name)) {
      seen.add(name)
      appendFileSync(logFile, `${name}\n`)
    }
    if (name !== wanted) return
    left -= 1
    if (left <= 0) process.kill(process.pid, 'SIGKILL')
  }
}
