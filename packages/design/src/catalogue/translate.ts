import type { Locale } from '../format/locale.ts'
import { formatNumber } from '../format/number.ts'
import type { Message, Messages, PlaceNames, Translation, Values } from './message.ts'
import { pluralForm } from './plural.ts'
import { typeset } from './typeset.ts'

/** One set of messages in every language, English first: its texts give the keys and their places. */
export interface Catalogue<M extends Messages> {
  readonly en: M
  readonly fr: Translation<M>
}

/**
 * Says a message. Keys, places and missing values are checked by the compiler.
 * ```ts
 * t('session.state.charging')
 * t('price.upTo', { amount: format.money(25_000_000n) })
 * ```
 */
export type Translate<M extends Messages> = <K extends keyof M>(
  key: K,
  ...values: [PlaceNames<M[K]>] extends [never] ? [] : [values: Values<M[K]>]
) => string

const choose = (message: Message, values: Readonly<Record<string, string | number>>, locale: Locale): string => {
  if (typeof message === 'string') return message
  const form = typeof values.count === 'number' ? pluralForm(values.count, locale) : 'other'
  return message[form] ?? message.other
}

const fill = (text: string, values: Readonly<Record<string, string | number>>, locale: Locale): string =>
  text.replaceAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (place, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return place
    return typeof value === 'number' ? formatNumber(value, locale) : value
  })

/** A speaker of one language over a catalogue: the house's own, or an app's joined to it by `joinCatalogues`. */
export const createTranslate = <M extends Messages>(catalogue: Catalogue<M>, locale: Locale): Translate<M> => {
  const messages: Messages = catalogue[locale]
  return (key, ...rest) => {
    const values: Readonly<Record<string, string | number>> = rest[0] ?? {}
    const message = Object.hasOwn(messages, key) ? messages[key as string] : undefined
    // Only an unchecked cast can bring a key that does not exist; the key itself is then the least bad thing to show.
    if (message === undefined) return String(key)
    return fill(typeset(choose(message, values, locale), locale), values, locale)
  }
}

/** An app's own messages beside the house's. The app's keys must not repeat the house's. */
export const joinCatalogues = <A extends Messages, B extends Messages>(
  house: Catalogue<A>,
  own: Catalogue<B>,
): Catalogue<A & B> => {
  const repeated = Object.keys(own.en).filter((key) => Object.hasOwn(house.en, key))
  if (repeated.length > 0) throw new RangeError(`these keys are the house's already: ${repeated.join(', ')}`)
  return { en: { ...house.en, ...own.en }, fr: { ...house.fr, ...own.fr } as unknown as Translation<A & B> }
}
