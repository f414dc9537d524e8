import { type Signal, signal } from '@angular/core'

/** Something a person asked for: under way, or what went wrong with it. */
export interface Doing {
  readonly busy: Signal<boolean>
  readonly error: Signal<unknown>
  /** One at a time; what is thrown is shown. */
  run(work: () => Promise<void>): Promise<void>
}

export const doing = (): Doing => {
  const busy = signal(false)
  const error = signal<unknown>(undefined)
  return {
    busy: busy.asReadonly(),
    error: error.asReadonly(),
    async run(work) {
      if (busy()) return
      busy.set(true)
      error.set(undefined)
      try {
        await work()
      } catch (trouble) {
        error.set(trouble)
      } finally {
        busy.set(false)
      }
    },
  }
}
