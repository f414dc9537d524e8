import { existsSync, writeFileSync } from 'node:fs'

/** Debian's libfaketime, by which the clock of a process is moved while it runs. */
const library = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/faketime/libfaketime.so.1',
].find((path) => existsSync(path))

export const clocksCanJump = library !== undefined

/** The clock on the wall of one process; its steady clock stays as it is, as when an administrator or a time server sets the time. */
export interface FakeClock {
  readonly env: Readonly<Record<string, string>>
  /** Seconds from the right time; 0 sets it right. */
  set(offsetS: number): void
}

export const createFakeClock = (file: string): FakeClock => {
  const set = (offsetS: number): void => writeFileSync(file, `${offsetS < 0 ? '-' : '+'}${Math.abs(offsetS)}\n`)
  set(0)
  if (library === undefined) return { env: {}, set: () => undefined }
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    set,
  }
}
