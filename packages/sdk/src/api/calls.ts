import type { Http } from '../http.ts'
import { errorOf } from '../problem.ts'
import { doors, type Operations } from './operations.ts'

type Ask<K extends keyof Operations> = Operations[K]['ask'] & { readonly signal?: AbortSignal }
type IsOptional<T> = Record<never, never> extends T ? true : false

/** Every operation of the node by its name, typed from the OpenAPI document. */
export type ApiCalls = {
  readonly [K in keyof Operations]: IsOptional<Ask<K>> extends true
    ? (ask?: Ask<K>) => Promise<Operations[K]['answer']>
    : (ask: Ask<K>) => Promise<Operations[K]['answer']>
}

interface AnyAsk {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  readonly body?: unknown
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** The node's operations over one HTTP. */
export const createApiCalls = (http: Http): ApiCalls =>
  Object.fromEntries(
    Object.entries(doors as Readonly<Record<string, Door>>).map(([id, door]) => [
      id,
      (ask: AnyAsk = {}) => call(http, door, ask),
    ]),
  ) as unknown as ApiCalls

interface Door {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly answer: 'json' | 'text' | 'bytes' | 'none'
  readonly media?: string
}

const call = async (http: Http, door: Door, { params = {}, ...ask }: AnyAsk): Promise<unknown> => {
  const path = door.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(params[name])))
  const wish = { method: door.method, ...ask, ...(door.media === undefined ? {} : { media: door.media }) }
  if (door.answer === 'json' || door.answer === 'none') return http.json(path, wish)
  const answer = await http.raw(path, { ...wish, headers: { accept: '*/*' } })
  if (!answer.ok) throw await errorOf(answer)
  return door.answer === 'text' ? answer.text() : new Uint8Array(await answer.arrayBuffer())
}
