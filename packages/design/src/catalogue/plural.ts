import type { Locale } from '../format/locale.ts'

export type PluralForm = 'one' | 'many' | 'other'

/** CLDR's rules for whole numbers and decimals of our two languages, for engines without Intl.PluralRules (Hermes). */
export const writtenPluralForm = (count: number, locale: Locale): PluralForm => {
  if (locale === 'en') return count === 1 ? 'one' : 'other'
  const magnitude = Math.abs(count)
  if (magnitude < 2) return 'one'
  return Number.isInteger(magnitude) && magnitude % 1_000_000 === 0 ? 'many' : 'other'
}

const rules = new Map<Locale, Intl.PluralRules>()

export const pluralForm = (count: number, locale: Locale): PluralForm => {
  if (typeof Intl === 'undefined' || typeof Intl.PluralRules !== 'function') return writtenPluralForm(count, locale)
  let rule = rules.get(locale)
  if (rule === undefined) {
    rule = new Intl.PluralRules(locale)
    rules.set(locale, rule)
  }
  const form = rule.select(count)
  return form === 'one' || form === 'many' ? form : 'other'
}
