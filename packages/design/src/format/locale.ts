/** The languages the house speaks. Everything that depends on one asks for one; there is no hidden default. */
export const locales = ['en', 'fr'] as const
export type Locale = (typeof locales)[number]

/** A space that never breaks a line: between figure and unit. */
export const noBreak = '\u00a0'
/** The narrow one (espace fine insécable): French thousands, and before ; ! ? %. */
export const narrowNoBreak = '\u202f'
/** The true minus sign, as wide as a digit. */
export const minus = '\u2212'

/** The first language of a person's list (`navigator.languages`, Accept-Language tags, LANG) that we speak; English if none. */
export const pickLocale = (wishes: readonly string[]): Locale => {
  for (const wish of wishes) {
    const language = wish.toLowerCase().split(/[-_.]/)[0]
    const found = locales.find((locale) => locale === language)
    if (found !== undefined) return found
  }
  return 'en'
}

/** The same text with ordinary spaces and hyphen-minus: for CSV, logs, comparison in tests. */
export const plainText = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(minus, '-')
