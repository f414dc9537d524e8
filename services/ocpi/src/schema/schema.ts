/**
 * OCPI's tables as data: one table says what we emit (check.ts, strict), what we accept (accept.ts, lenient, every deviation
 * noted) and what tests generate. The names and cardinalities are the specification's: `one` 1, `maybe` ?, `any` *, `some` +.
 */
export type Spec =
  /** Printable text; `ascii` for CiString, whose case means nothing. */
  | {
      readonly kind: 'text'
      readonly max: number
      readonly ascii: boolean
      readonly min?: number
      readonly pattern?: RegExp
    }
  | { readonly kind: 'url' }
  | { readonly kind: 'dateTime' }
  /** JSON number; `int` without fraction, else up to 4 decimals (types, "number"). */
  | { readonly kind: 'number'; readonly int: boolean; readonly min?: number }
  | { readonly kind: 'boolean' }
  /** `open`: an OpenEnum of 2.3.0, to which others may add. */
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly open: boolean }
  | { readonly kind: 'object'; readonly name: string; readonly fields: Fields; readonly exact: boolean }

export interface Schema<T = unknown> {
  readonly spec: Spec
  /** Never set: carries the type. */
  readonly type?: T
}

export type Cardinality = '1' | '?' | '*' | '+'
export interface Field<T = unknown, C extends Cardinality = Cardinality> {
  readonly card: C
  readonly schema: Schema<T>
}
export type Fields = Readonly<Record<string, Field>>

type Value<F> = F extends Field<infer T, infer C> ? (C extends '*' | '+' ? readonly T[] : T) : never
type Needed<F> = {
  [K in keyof F]: F[K] extends Field<unknown, infer C> ? ('1' extends C ? K : '+' extends C ? K : never) : never
}[keyof F]
type Flat<T> = { [K in keyof T]: T[K] }
export type ObjectOf<F> = Flat<
  { readonly [K in Needed<F>]: Value<F[K]> } & { readonly [K in Exclude<keyof F, Needed<F>>]?: Value<F[K]> }
>
export type Infer<S> = S extends Schema<infer T> ? T : never

export const one = <T>(schema: Schema<T>): Field<T, '1'> => ({ card: '1', schema })
export const maybe = <T>(schema: Schema<T>): Field<T, '?'> => ({ card: '?', schema })
export const any = <T>(schema: Schema<T>): Field<T, '*'> => ({ card: '*', schema })
export const some = <T>(schema: Schema<T>): Field<T, '+'> => ({ card: '+', schema })

export const string = (max: number, pattern?: RegExp): Schema<string> => ({
  spec: { kind: 'text', max, ascii: false, ...(pattern ? { pattern } : {}) },
})
export const ciString = (max: number, min?: number): Schema<string> => ({
  spec: { kind: 'text', max, ascii: true, ...(min === undefined ? {} : { min }) },
})
export const url: Schema<string> = { spec: { kind: 'url' } }
export const dateTime: Schema<string> = { spec: { kind: 'dateTime' } }
export const number: Schema<number> = { spec: { kind: 'number', int: false } }
export const int: Schema<number> = { spec: { kind: 'number', int: true } }
export const boolean: Schema<boolean> = { spec: { kind: 'boolean' } }
export const oneOf = <const V extends readonly string[]>(values: V): Schema<V[number]> => ({
  spec: { kind: 'enum', values, open: false },
})
export const openEnum = <const V extends readonly string[]>(values: V): Schema<V[number]> => ({
  spec: { kind: 'enum', values, open: true },
})
export const object = <const F extends Fields>(name: string, fields: F): Schema<ObjectOf<F>> => ({
  spec: { kind: 'object', name, fields, exact: false },
})
/** An object in which a field that is not understood changes what the rest means (prices): nothing is left out of it. */
export const exactObject = <const F extends Fields>(name: string, fields: F): Schema<ObjectOf<F>> => ({
  spec: { kind: 'object', name, fields, exact: true },
})

export const fieldsOf = (schema: Schema): Fields => {
  if (schema.spec.kind !== 'object') throw new TypeError('Only objects have fields')
  return schema.spec.fields
}
