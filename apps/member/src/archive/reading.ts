import { computed, Injectable, inject, type Signal, signal } from '@angular/core'
import { History } from './history.ts'

/** An answer of the node as a page shows it: the last one kept at once, the fresh one when it came. */
export interface Reading<T> {
  readonly value: Signal<T | undefined>
  readonly error: Signal<unknown>
  readonly loading: Signal<boolean>
  /** When the shown one was told; undefined while nothing is shown. */
  readonly asOf: Signal<Date | undefined>
  /** True: it is from this device, since the node could not be asked. */
  readonly stale: Signal<boolean>
  load(): Promise<void>
}

interface Kept<T> {
  readonly value: T
  readonly at: Date
}

/** Answers that can be read again without a network. */
@Injectable({ providedIn: 'root' })
export class Readings {
  readonly #history = inject(History)

  /** Asks at once, and again at each `load`. */
  of<T>(key: string, ask: () => Promise<T>): Reading<T> {
    const kept = signal<Kept<T> | undefined>(undefined)
    const error = signal<unknown>(undefined)
    const loading = signal(false)
    const load = async (): Promise<void> => {
      loading.set(true)
      try {
        if (kept() === undefined) kept.set(await this.#history.noted<Kept<T>>(`answer:${key}`))
        const fresh = { value: await ask(), at: new Date() }
        kept.set(fresh)
        error.set(undefined)
        await this.#history.note(`answer:${key}`, fresh)
      } catch (trouble) {
        error.set(trouble)
      } finally {
        loading.set(false)
      }
    }
    void load()
    return {
      value: computed(() => kept()?.value),
      asOf: computed(() => kept()?.at),
      error: error.asReadonly(),
      loading: loading.asReadonly(),
      stale: computed(() => error() !== undefined && kept() !== undefined),
      load,
    }
  }
}
