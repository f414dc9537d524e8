import type { Stored } from '@werenode/core'
import type { OurToken, Partner } from '../collections.ts'
import type { Infer, Schema } from '../schema/schema.ts'
import type { Version } from '../versions/versions.ts'
import type { Answer } from './envelope.ts'
import type { Routing } from './routing.ts'

/** A request of a partner, past the door. */
export interface Call {
  readonly method: string
  readonly version: Version
  readonly partner: Stored<Partner>
  readonly token: OurToken
  /** The path behind the module, decoded. */
  readonly parts: readonly string[]
  readonly query: URLSearchParams
  readonly body: unknown
  readonly routing: Routing
  /** Our own address of the module, without a trailing slash. */
  readonly base: string
  /** Reads the body by the lenient profile, counts what deviates. @throws Refused 2001. */
  readonly read: <S extends Schema>(schema: S, value?: unknown) => Infer<S>
  readonly readPatch: <S extends Schema>(schema: S, value?: unknown) => Partial<Infer<S>>
}

export type Handler = (call: Call) => Promise<Answer>
