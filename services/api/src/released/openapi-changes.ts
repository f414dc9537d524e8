/** What makes an app that was written for one OpenAPI document fail with another. */

type Json = Readonly<Record<string, unknown>>
interface Operation {
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required: boolean
    readonly schema: Json
  }[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Json }> }
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Json }> }>
}
export interface Document {
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, Json> }
}

/** Sentences, each stable enough to be recorded; empty: whoever was content stays so. */
export const openApiChanges = (before: Document, after: Document): readonly string[] => {
  const found = new Set<string>()
  for (const [path, methods] of Object.entries(before.paths))
    for (const [method, old] of Object.entries(methods)) {
      const where = `${method.toUpperCase()} ${path}`
      const now = after.paths[path]?.[method]
      if (!now) {
        found.add(`${where} is gone`)
        continue
      }
      compareInput(where, old, now)
      compareAnswer(where, old, now)
    }
  return [...found].sort()

  function compareInput(where: string, old: Operation, now: Operation): void {
    const known = new Map((old.parameters ?? []).map((one) => [`${one.in} ${one.name}`, one]))
    for (const one of now.parameters ?? []) {
      const was = known.get(`${one.in} ${one.name}`)
      known.delete(`${one.in} ${one.name}`)
      if (one.required && !was?.required) found.add(`${where} needs ${one.in} parameter ${one.name}`)
      if (was) narrower(`${where} ${one.in} parameter ${one.name}`, was.schema, one.schema)
    }
    for (const key of known.keys()) found.add(`${where} takes no ${key} any more`)
    const bodies = (operation: Operation) => Object.entries(operation.requestBody?.content ?? {})
    if (!old.requestBody && now.requestBody) found.add(`${where} needs a body`)
    for (const [media, { schema }] of bodies(old)) {
      const next = now.requestBody?.content[media]
      if (next) narrower(`${where} body`, schema, next.schema)
      else found.add(`${where} takes no ${media} any more`)
    }
  }

  function compareAnswer(where: string, old: Operation, now: Operation): void {
    for (const [status, { content = {} }] of Object.entries(old.responses).filter(([one]) => one.startsWith('2'))) {
      const next = now.responses[status]
      if (!next) {
        found.add(`${where} does not answer ${status} any more`)
        continue
      }
      for (const [media, { schema }] of Object.entries(content)) {
        const told = next.content?.[media]
        if (told) wider(`${where} answer`, schema, told.schema)
        else found.add(`${where} does not answer ${media} any more`)
      }
    }
  }

  /** What was good to send must stay so. */
  function narrower(where: string, old: Json, now: Json, seen = new Set<string>()): void {
    const [was, is] = resolved(old, now, seen)
    if (!was || !is) return
    if (kindOf(was) !== kindOf(is) && kindOf(is) !== 'any') {
      found.add(`${where} was ${kindOf(was)} and is ${kindOf(is)}`)
      return
    }
    for (const value of (is.enum ? ((was.enum as unknown[] | undefined) ?? ['anything']) : []) as unknown[])
      if (!(is.enum as unknown[]).includes(value)) found.add(`${where} does not take ${JSON.stringify(value)} any more`)
    const [oldFields, newFields] = [fieldsOf(was), fieldsOf(is)]
    for (const [name, field] of Object.entries(newFields)) {
      if (isRequired(is, name) && !isRequired(was, name)) found.add(`${where}.${name} must be there now`)
      if (oldFields[name]) narrower(`${where}.${name}`, oldFields[name], field, seen)
    }
    if (is.additionalProperties === false)
      for (const name of Object.keys(oldFields))
        if (!newFields[name]) found.add(`${where}.${name} is not taken any more`)
    if (was.items && is.items) narrower(`${where}[]`, was.items as Json, is.items as Json, seen)
  }

  /** What was told must still be told. */
  function wider(where: string, old: Json, now: Json, seen = new Set<string>()): void {
    const [was, is] = resolved(old, now, seen)
    if (!was || !is) return
    if (kindOf(was) !== kindOf(is) && kindOf(was) !== 'any') {
      found.add(`${where} was ${kindOf(was)} and is ${kindOf(is)}`)
      return
    }
    const [oldFields, newFields] = [fieldsOf(was), fieldsOf(is)]
    for (const [name, field] of Object.entries(oldFields)) {
      if (!newFields[name]) found.add(`${where}.${name} is gone`)
      else {
        if (isRequired(was, name) && !isRequired(is, name)) found.add(`${where}.${name} may be left out now`)
        wider(`${where}.${name}`, field, newFields[name], seen)
      }
    }
    if (was.items && is.items) wider(`${where}[]`, was.items as Json, is.items as Json, seen)
  }

  /** Both sides behind their references; nothing when this pair was seen before (types that hold themselves). */
  function resolved(old: Json, now: Json, seen: Set<string>): readonly [Json?, Json?] {
    const follow = (document: Document, schema: Json): Json =>
      typeof schema.$ref === 'string' ? (document.components.schemas[schema.$ref.split('/').at(-1)!] ?? {}) : schema
    const pair = `${old.$ref ?? ''} ${now.$ref ?? ''}`
    if (old.$ref !== undefined || now.$ref !== undefined) {
      if (seen.has(pair)) return []
      seen.add(pair)
    }
    return [follow(before, old), follow(after, now)]
  }
}

const fieldsOf = (schema: Json): Record<string, Json> => (schema.properties ?? {}) as Record<string, Json>
const isRequired = (schema: Json, name: string): boolean => ((schema.required ?? []) as string[]).includes(name)
const kindOf = (schema: Json): string =>
  schema.anyOf || schema.oneOf ? 'one of several' : typeof schema.type === 'string' ? schema.type : 'any'
