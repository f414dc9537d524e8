/** A text with `{name}` places, or its forms by number, chosen by the parameter `count`. */
export type Message = string | PluralMessage
export interface PluralMessage {
  readonly one: string
  readonly other: string
  /** French says "un million de bornes". `other` unless told. */
  readonly many?: string
}
export type Messages = Readonly<Record<string, Message>>

/** The same keys in another language: a text for a text, forms for forms. */
export type Translation<M extends Messages> = {
  readonly [K in keyof M]: M[K] extends string ? string : PluralMessage
}

type PlacesOf<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | PlacesOf<Rest> : never

/** The places a message has: `PlaceNames<'Up to {amount}'>` is `'amount'`. */
export type PlaceNames<M> = M extends string
  ? PlacesOf<M>
  : M extends PluralMessage
    ? PlacesOf<M['one' | 'other']> | 'count'
    : never

/** What to put there: text formatted by the design package, or a whole number. */
export type Values<M> = { readonly [Name in PlaceNames<M>]: Name extends 'count' ? number : string | number }

/** The places of a text at run time, in order, each once. */
export const placesIn = (text: string): readonly string[] => [
  ...new Set(Array.from(text.matchAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g), (match) => match[1] ?? '')),
]

export const formsOf = (message: Message): readonly string[] =>
  typeof message === 'string'
    ? [message]
    : [message.one, message.other, ...(message.many === undefined ? [] : [message.many])]
