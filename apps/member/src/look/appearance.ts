import { Injectable, signal } from '@angular/core'

export type ThemeChoice = 'system' | 'light' | 'dark'

const keys = { theme: 'werenode:member:theme', contrast: 'werenode:member:contrast' }

/** How the app looks on this device; without a choice it follows the device. */
@Injectable({ providedIn: 'root' })
export class Appearance {
  readonly #theme = signal<ThemeChoice>(keptTheme())
  readonly #contrast = signal(localStorage.getItem(keys.contrast) === 'more')
  readonly theme = this.#theme.asReadonly()
  readonly contrast = this.#contrast.asReadonly()

  constructor() {
    this.#show()
  }

  choose(theme: ThemeChoice): void {
    localStorage.setItem(keys.theme, theme)
    this.#theme.set(theme)
    this.#show()
  }

  setContrast(more: boolean): void {
    if (more) localStorage.setItem(keys.contrast, 'more')
    else localStorage.removeItem(keys.contrast)
    this.#contrast.set(more)
    this.#show()
  }

  #show(): void {
    const { dataset } = document.documentElement
    if (this.#theme() === 'system') delete dataset.theme
    else dataset.theme = this.#theme()
    if (this.#contrast()) dataset.contrast = 'more'
    else delete dataset.contrast
  }
}

const keptTheme = (): ThemeChoice => {
  const kept = localStorage.getItem(keys.theme)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}
