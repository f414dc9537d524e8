import type { Locale } from '../format/locale.ts'
import { locales } from '../format/locale.ts'
import type { Message, Messages } from './message.ts'
import { formsOf, placesIn } from './message.ts'

const sortedPlaces = (message: Message): string => {
  const places = new Set(formsOf(message).flatMap(placesIn))
  // `one` may leave the figure out ("one plug"); the choice itself needs it.
  if (typeof message !== 'string') places.add('count')
  return [...places].sort().join(', ')
}

/**
 * What is wrong with a catalogue, in sentences; empty when nothing is: the languages differ in keys, places or kind; a text is empty,
 * holds a brace that is no place, two spaces, or a character that `typeset` is there to make. Apps run it in their own tests.
 */
export const catalogueFaults = (catalogue: Readonly<Record<Locale, Messages>>): readonly string[] => {
  const faults: string[] = []
  const keys = new Set(locales.flatMap((locale) => Object.keys(catalogue[locale])))
  for (const key of keys) {
    const [en, fr] = [catalogue.en[key], catalogue.fr[key]]
    if (en === undefined || fr === undefined) {
      faults.push(`${key}: missing in ${en === undefined ? 'en' : 'fr'}`)
      continue
    }
    if ((typeof en === 'string') !== (typeof fr === 'string')) faults.push(`${key}: plural in one language only`)
    if (sortedPlaces(en) !== sortedPlaces(fr))
      faults.push(`${key}: en has {${sortedPlaces(en)}}, fr has {${sortedPlaces(fr)}}`)
    for (const [locale, message] of Object.entries({ en, fr }))
      for (const text of formsOf(message)) {
        const at = `${key} (${locale})`
        if (text.trim() !== text || text === '') faults.push(`${at}: empty or with spaces around`)
        if (text.includes('  ')) faults.push(`${at}: two spaces`)
        if (/[{}]/.test(text.replaceAll(/\{[A-Za-z][A-Za-z0-9]*\}/g, '')))
          faults.push(`${at}: a brace that is no place`)
        if (/[\u00a0\u202f’…]/.test(text))
          faults.push(`${at}: write plain spaces, ' and ...; print characters are set for you`)
        if (locale === 'fr' && /[^ \s][;!?»]|[A-Za-zéèàê}]:(?!\/\/)|«\S/.test(text))
          faults.push(`${at}: a space is missing at a French sign`)
        if (locale === 'en' && / [;:!?]/.test(text)) faults.push(`${at}: a space before an English sign`)
      }
  }
  return faults
}
