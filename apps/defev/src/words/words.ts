import type { Locale } from '@werenode/design'
import { en } from './en.ts'
import { fr } from './fr.ts'

export type Word = keyof typeof en
export type Words = Readonly<Record<Word, string>>
export type Say = (word: Word, values?: Readonly<Record<string, string | number>>) => string

const languages: Readonly<Record<Locale, Words>> = { en, fr }

/** The app's words in one language. */
export const sayIn =
  (locale: Locale): Say =>
  (word, values = {}) =>
    languages[locale][word].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
