import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, type Logger, pino } from 'pino'

const mostBytes = 50_000_000

/**
 * The server's log: JSON lines in `server.log` of the folder, the screen stays for people. A log that has grown is put aside at the
 * next start, one generation is kept. Keys and passwords never get into it: what might carry one is censored by name.
 */
export const openLog = (
  folder: string,
  level: string,
  /** In a container: to the standard output, where the platform collects it. */
  toStdout = false,
): { readonly log: Logger; readonly file: string; flush(): void } => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'server.log')
  if (existsSync(file) && statSync(file).size > mostBytes) renameSync(file, join(folder, 'server.1.log'))
  const sink = destination({ dest: toStdout ? 1 : file, sync: false, minLength: 0, append: true })
  const log = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'password',
          'privateKey',
          'secret',
          'token',
          'authorization',
          '*.password',
          '*.privateKey',
          '*.secret',
          '*.token',
          '*.authorization',
          'req.headers.authorization',
        ],
        censor: '(not logged)',
      },
    },
    sink,
  )
  return {
    log,
    file,
    flush: () => {
      try {
        sink.flushSync()
      } catch {
        // Nothing was opened yet: then nothing is lost.
      }
    },
  }
}
