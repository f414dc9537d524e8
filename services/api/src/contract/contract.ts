import type { ErrorCode } from '@werenode/core'
import type { z } from 'zod'
import type { PagePolicy } from '../pages/layout.ts'

export const tags = ['identity', 'parties', 'catalogue', 'stations', 'roaming', 'sessions', 'money', 'node'] as const
export type Tag = (typeof tags)[number]

/** What goes in and out of one route. Input is parsed once, here, at the edge; behind it is trusted. */
export interface Contract {
  readonly summary: string
  readonly description?: string
  readonly tag: Tag
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly headers?: z.ZodType
  readonly body?: z.ZodType
  /** The body comes from an HTML form instead of JSON. */
  readonly form?: true
  /** The body is bytes of one of these media types instead of JSON. */
  readonly upload?: { readonly types: readonly string[]; readonly maxBytes: number }
  readonly answer: Answer
  /** Codes this route answers with besides those every route may (http/problem.ts). */
  readonly errors: readonly ErrorCode[]
  /** Honours Idempotency-Key: the same key and body answer what they answered the first time. */
  readonly idempotent?: true
}

export type Answer =
  | { readonly status: 200 | 201; readonly words: string; readonly schema: z.ZodType; readonly etag?: true }
  | { readonly status: 204; readonly words: string }
  /** Anything else, as text of this media type. */
  | { readonly status: 200; readonly words: string; readonly text: `${string}/${string}`; readonly etag?: true }
  /** Bytes of this media type: a picture, a document, a tile. */
  | { readonly status: 200; readonly words: string; readonly bytes: `${string}/${string}`; readonly etag?: true }
  /** A page for people, usable without JavaScript. */
  | { readonly status: 200; readonly words: string; readonly page: true }
  /** Server-sent events; `schema` is one event's data. */
  | { readonly status: 200; readonly words: string; readonly events: z.ZodType }

/** An HTML page; a form that was refused is shown again with another status. */
export interface Page {
  readonly status?: number
  readonly html: string
  readonly policy?: PagePolicy
}

/** A form that was taken leads on to another page. */
export interface Onward {
  readonly location: string
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
/** The parsed input of a contract. */
export interface Input<C extends Contract> {
  readonly params: Parsed<C['params']>
  readonly query: Parsed<C['query']>
  readonly body: C extends { upload: object } ? Uint8Array : Parsed<C['body']>
}
/** What a handler must give back. */
export type Output<C extends Contract> = C['answer'] extends { schema: infer S extends z.ZodType }
  ? Readable<z.input<S>>
  : C['answer'] extends { page: true }
    ? Page | Onward
    : C['answer'] extends { text: string }
      ? string
      : C['answer'] extends { bytes: string }
        ? Uint8Array
        : undefined

/** Read-only all the way down: answers come from stores and other services as they are. */
type Readable<T> = T extends readonly (infer Item)[]
  ? readonly Readable<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Readable<T[K]> }
    : T
