import { computed, Injectable, signal } from '@angular/core'
import { createTranslate, type Problem, sayProblem, type Translate } from '@werenode/design/catalogue'
import { createFormat, type Format, type Locale, pickLocale } from '@werenode/design/format'
import { memberCatalogue } from './member.ts'

export type Say = Translate<(typeof memberCatalogue)['en']>

const key = 'werenode:member:locale'

/** The reader's language, and everything said in it. */
@Injectable({ providedIn: 'root' })
export class Words {
  readonly #locale = signal<Locale>(kept())
  readonly locale = this.#locale.asReadonly()
  readonly t = computed<Say>(() => createTranslate(memberCatalogue, this.#locale()) as Say)
  /** With the device's time zone; a charge's times take the plug's: see `formatAt`. */
  readonly format = computed<Format>(() => createFormat({ locale: this.#locale() }))
  readonly #formats = computed(() => {
    const locale = this.#locale()
    const made = new Map<string, Format>()
    return (timeZone: string): Format => {
      const known = made.get(timeZone) ?? createFormat({ locale, timeZone })
      made.set(timeZone, known)
      return known
    }
  })

  formatAt(timeZone: string): Format {
    return this.#formats()(timeZone)
  }

  choose(locale: Locale): void {
    localStorage.setItem(key, locale)
    this.#locale.set(locale)
  }

  /** An error of the SDK or the platform, said to a person. */
  problem(error: unknown): { readonly what: string; readonly todo: string | undefined } {
    const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
    const problem: Problem = {
      ...(typeof code === 'string' ? { code } : {}),
      detail: typeof message === 'string' ? message : String(error),
    }
    return sayProblem(this.t() as never, problem)
  }
}

const kept = (): Locale => {
  const chosen = localStorage.getItem(key)
  return chosen === 'en' || chosen === 'fr' ? chosen : pickLocale(navigator.languages)
}
