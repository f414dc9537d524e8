import { WerenodeError } from '@werenode/core'

/** One part of the house as the composition root starts and stops it. */
export interface Part {
  readonly name: string
  readonly stop: () => Promise<void>
  /** How long stopping may take. */
  readonly stopWithinMs?: number
}

export interface Parts {
  /** Starts the next part; when it fails, everything started before is stopped by `stop`. */
  add<T>(
    name: string,
    begin: () => Promise<{ readonly part: T; readonly stop: () => Promise<void>; readonly stopWithinMs?: number }>,
  ): Promise<T>
  /** Stops all in reverse order, each within its time. Resolves with the names of those that did not end in order. */
  stop(onStopping?: (name: string) => void): Promise<readonly string[]>
}

const usualStopMs = 5_000
const asked = (): WerenodeError => new WerenodeError('gone', 'The server was asked to stop while it started')

/** Keeps the order of a start, so that the stop is its mirror. */
export const createParts = (
  options: {
    onStarted?: (name: string, ms: number) => void
    onStopFailure?: (name: string, error: unknown) => void
  } = {},
): Parts => {
  const running: Part[] = []
  let stopping: Promise<readonly string[]> | undefined
  return {
    add: async (name, begin) => {
      if (stopping !== undefined) throw asked()
      const startedAt = performance.now()
      const { part, stop, stopWithinMs } = await begin()
      if (stopping !== undefined) {
        // It came up while the others went down.
        await stop()
        throw asked()
      }
      running.push({ name, stop, ...(stopWithinMs === undefined ? {} : { stopWithinMs }) })
      options.onStarted?.(name, performance.now() - startedAt)
      return part
    },
    stop: (onStopping) => {
      stopping ??= (async () => {
        const late: string[] = []
        for (const { name, stop, stopWithinMs = usualStopMs } of running.splice(0).reverse()) {
          onStopping?.(name)
          let timer: NodeJS.Timeout | undefined
          const limit = new Promise<never>((_, reject) => {
            timer = setTimeout(
              () => reject(new Error(`${name} did not stop within ${stopWithinMs / 1000} s`)),
              stopWithinMs,
            )
          })
          try {
            await Promise.race([stop(), limit])
          } catch (error) {
            late.push(name)
            options.onStopFailure?.(name, error)
          } finally {
            clearTimeout(timer)
          }
        }
        return late
      })()
      return stopping
    },
  }
}
