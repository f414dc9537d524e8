import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Logger } from 'pino'

export interface KeptProcess {
  stop(): Promise<void>
}

const pausesMs = [500, 2_000, 5_000, 15_000]

/**
 * Runs a program in a process of its own, with its orders in a file that only we may read: passwords must not stand in the process
 * list. It is started again when it ends by itself, and ends with us, however we end: its standard input closes.
 */
export const keepProcess = async (options: {
  readonly program: string
  /** The option by which it is told of the file. */
  readonly ordersOption: string
  readonly ordersFile: string
  readonly orders: unknown
  /** Who it is, for the log: `simulated stations`. */
  readonly what: string
  readonly log: Logger
}): Promise<KeptProcess> => {
  const { program, ordersFile, what, log } = options
  await mkdir(dirname(ordersFile), { recursive: true, mode: 0o700 })
  await writeFile(ordersFile, JSON.stringify(options.orders), { mode: 0o600 })
  await chmod(ordersFile, 0o600)

  let stopping = false
  let attempt = 0
  let end: () => Promise<void> = async () => undefined

  const begin = (): void => {
    const startedAt = Date.now()
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program, options.ordersOption, ordersFile],
      {
        stdio: ['pipe', 'ignore', 'pipe'],
        // A group of its own: Ctrl-C in the terminal reaches us alone, and we end it in order.
        detached: true,
      },
    )
    child.stdin.on('error', () => undefined)
    child.stderr.on('data', (chunk: Buffer) =>
      log.warn({ words: chunk.toString().trim().slice(0, 2000) }, `The ${what} complain`),
    )
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
    child.once('error', (error) => log.error({ err: error }, `The ${what} could not be started`))
    void gone.then(() => {
      if (stopping) return
      // A run of a minute was a good one: then the next pause is the shortest again.
      attempt = Date.now() - startedAt > 60_000 ? 0 : attempt + 1
      const pauseMs = pausesMs[Math.min(attempt, pausesMs.length - 1)]!
      log.error({ pauseMs }, `The ${what} ended by themselves; starting them again`)
      const timer = setTimeout(begin, pauseMs)
      end = async () => clearTimeout(timer)
    })
    end = async () => {
      child.stdin.end()
      const hurry = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await gone
      clearTimeout(hurry)
    }
  }
  begin()

  return {
    stop: async () => {
      stopping = true
      await end()
    },
  }
}
