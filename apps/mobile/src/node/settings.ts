import type { Locale } from '@werenode/design/format'
import type { LookChoice } from '../look/theme'

/** What a person chose; nothing of it leaves the device. */
export interface Settings extends LookChoice {
  readonly locale: Locale | 'system'
  /** Another node than the build's. */
  readonly node?: string
  /** Battery before and after the charge prices are asked for, %. */
  readonly from: number
  readonly to: number
  /** Places the driver waits for. */
  readonly waitingFor: readonly string[]
}

export const usual: Settings = {
  theme: 'system',
  highContrast: false,
  reducedMotion: false,
  haptics: true,
  locale: 'system',
  from: 20,
  to: 80,
  waitingFor: [],
}

const key = 'werenode:settings'

interface TextStore {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** Reads what was chosen; what is damaged is as if it had not been. */
export const readSettings = (text: TextStore): Settings => {
  try {
    return { ...usual, ...(JSON.parse(text.getItem(key) ?? '{}') as Partial<Settings>) }
  } catch {
    return usual
  }
}

export const writeSettings = (text: TextStore, settings: Settings): void => {
  try {
    text.setItem(key, JSON.stringify(settings))
  } catch {
    // Full or forbidden: it holds until the app is closed.
  }
}
