import { emitKeypressEvents } from 'node:readline'
import type { Screen } from '../../terminal/screen.ts'

export interface StopKeys {
  /** What a person may press. */
  readonly words: string
  stop(): void
}

/**
 * Enter or Ctrl-C asks for the stop, a second Ctrl-C leaves. Without a terminal only signals are heard (the first stops, a later one
 * leaves).
 */
export const listenForStop = (deps: { screen: Screen; onStop: () => void; onLeave: () => void }): StopKeys => {
  const { screen, onStop, onLeave } = deps
  let askedAt: number | undefined
  const ask = (): void => {
    if (askedAt === undefined) {
      askedAt = Date.now()
      onStop()
    } else if (Date.now() - askedAt > 1000) onLeave()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, ask)

  const keyboard = screen.live && process.stdin.isTTY
  const onKey = (_: string | undefined, key: { name?: string; ctrl?: boolean }): void => {
    if (key.name === 'return' || key.name === 'enter') {
      if (askedAt === undefined) ask()
    } else if (key.ctrl && key.name === 'c') ask()
  }
  if (keyboard) {
    emitKeypressEvents(process.stdin)
    process.stdin.setRawMode(true)
    process.stdin.on('keypress', onKey)
    process.stdin.resume()
  }
  return {
    words: keyboard ? '  Enter or Ctrl-C stops it' : '  Ctrl-C stops it',
    stop: () => {
      for (const signal of signals) process.off(signal, ask)
      if (!keyboard) return
      process.stdin.off('keypress', onKey)
      process.stdin.setRawMode(false)
      process.stdin.pause()
    },
  }
}
