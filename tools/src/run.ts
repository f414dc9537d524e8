import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { endLeftovers, runMark } from './leftovers.ts'

export interface RunResult {
  readonly code: number
  readonly output: string
  readonly ms: number
  /** True when it was ended because it exceeded its time. */
  readonly timedOut: boolean
}

const running = new Map<ChildProcess, string>()
/** Each child leads its own process group, so that what it started ends with it. */
const end = (child: ChildProcess, signal: NodeJS.Signals) => {
  try {
    process.kill(-child.pid!, signal)
  } catch {
    // Already gone.
  }
}

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    for (const child of running.keys()) end(child, 'SIGTERM')
    setTimeout(() => {
      for (const [child, mark] of running) {
        end(child, 'SIGKILL')
        endLeftovers(mark)
      }
      process.exit(130)
    }, 3000).unref()
  })
export const isStopping = () => stopping

/** Runs a command to its end and keeps what it says. `timeoutMs` ends it and everything it started. */
export const run = (
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; timeoutMs?: number; onOutput?: (text: string) => void },
): Promise<RunResult> =>
  new Promise((resolve) => {
    const startedAt = performance.now()
    const mark = randomUUID()
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env, [runMark]: mark },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    running.set(child, mark)
    let output = ''
    let timedOut = false
    const take = (chunk: Buffer) => {
      const text = chunk.toString()
      output = (output + text).slice(-4_000_000)
      options.onOutput?.(text)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            end(child, 'SIGKILL')
          }, options.timeoutMs)
    const finish = (code: number) => {
      clearTimeout(timer)
      running.delete(child)
      resolve({ code, output, ms: performance.now() - startedAt, timedOut })
    }
    child.on('error', (error) => {
      output += error.message
      finish(127)
    })
    // What it left behind must not stay on the person's machine, and may hold its output open: it is ended first.
    child.on('exit', () => {
      end(child, 'SIGKILL')
      endLeftovers(mark)
    })
    child.on('close', (code) => finish(code ?? 1))
  })

/** Runs jobs with at most `width` at a time, in order; results in the order of the jobs. */
export const inParallel = async <T>(width: number, jobs: readonly (() => Promise<T>)[]): Promise<readonly T[]> => {
  const results: T[] = []
  let next = 0
  const lane = async () => {
    while (next < jobs.length) {
      const index = next
      next += 1
      results[index] = await jobs[index]!()
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, jobs.length) }, lane))
  return results
}
