declare const brand: unique symbol
/** A value that was parsed at the edge and may be trusted behind it. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name }
