import type { ErrorObject } from 'ajv'
import type { Direction, Schemas } from './schemas.ts'
import { parseStationTime } from './station-time.ts'

/** One way in which a station left the schema, counted per station and rule. */
export interface Deviation {
  /** Which rule, e.g. `unknown-enum`, `text-for-number`. */
  readonly rule: string
  /** Where, without array positions, e.g. `/meterValue/sampledValue/unit`. */
  readonly path: string
}

export interface Repaired {
  readonly payload: unknown
  readonly deviations: readonly Deviation[]
}

/**
 * Makes the best of a payload that fails its schema: numbers written as text, unknown enum words, times without a zone,
 * extra and null members, an object where a list belongs. What cannot be mended is left out, so that behind this point every
 * member has its schema's type or is absent. The payload as it came stays in the message log.
 */
export const repair = (
  schemas: Schemas,
  action: string,
  payload: unknown,
  direction: Direction = 'request',
): Repaired => {
  const root = { payload: isObject(payload) ? structuredClone(payload) : {} }
  const deviations: Deviation[] = isObject(payload) ? [] : [{ rule: 'no-object', path: '' }]
  // Mending one member can uncover a fault inside it.
  for (let round = 0; round < 4; round += 1) {
    const faults = schemas
      .violations(action, direction, root.payload)
      ?.filter((fault) => !Object.hasOwn(harmless, fault.keyword))
    if (!faults?.length) break
    for (const fault of deepestFirst(faults)) {
      const rule = mend(root, fault, round === 3)
      if (rule) deviations.push({ rule, path: plainPath(fault.instancePath) })
    }
  }
  for (const { keyword, instancePath, params } of schemas.violations(action, direction, root.payload) ?? [])
    if (Object.hasOwn(harmless, keyword)) {
      const member = keyword === 'required' ? `/${params.missingProperty}` : ''
      deviations.push({ rule: harmless[keyword]!, path: `${plainPath(instancePath)}${member}` })
    }
  return { payload: root.payload, deviations }
}

/**
 * Faults that are only counted: missing members stay missing, a list of another length than agreed is still a list, and a text
 * that is too long is kept whole, because two cards may differ in their last letter only.
 */
const harmless: Readonly<Record<string, string>> = {
  required: 'missing',
  maxLength: 'text-too-long',
  minLength: 'text-too-short',
  maxItems: 'list-too-long',
  minItems: 'list-too-short',
}

const plainPath = (path: string): string => path.replaceAll(/\/\d+(?=\/|$)/g, '')

const deepestFirst = (faults: readonly ErrorObject[]): ErrorObject[] =>
  [...faults].sort((a, b) => b.instancePath.length - a.instancePath.length)

/** Returns the rule that was applied, or undefined when an earlier repair already took the member away. */
const mend = (root: { payload: unknown }, fault: ErrorObject, lastRound: boolean): string | undefined => {
  if (fault.keyword === 'additionalProperties') {
    const owner = find(root, fault.instancePath)
    if (!isObject(owner)) return undefined
    delete owner[fault.params.additionalProperty as string]
    return 'extra-member'
  }
  const place = parentOf(root, fault.instancePath)
  if (!place || !Object.hasOwn(place.owner, place.key)) return undefined
  const value = place.owner[place.key]
  const drop = (rule: string): string => {
    remove(place)
    return rule
  }
  if (lastRound) return drop('unusable')
  if (value === null) return drop('null')
  // An object can make `String` throw; only lists and texts are mended from one.
  const isPlain = typeof value !== 'object'
  const put = (next: unknown, rule: string): string => {
    place.owner[place.key] = next
    return rule
  }
  switch (fault.keyword) {
    case 'type':
      return mendType(value, String(fault.schema), put, drop)
    case 'enum':
      return !isPlain ? drop('wrong-type') : mendEnum(value, fault.schema as readonly unknown[], put, drop)
    case 'format': {
      const time = parseStationTime(value)
      return time ? put(time.toISOString(), 'time-format') : drop('no-time')
    }
    case 'multipleOf':
      return isPlain ? put(Math.round(Number(value) * 10) / 10, 'too-precise') : drop('wrong-type')
    default:
      return drop('unusable')
  }
}

const mendType = (
  value: unknown,
  type: string,
  put: (next: unknown, rule: string) => string,
  drop: (rule: string) => string,
): string => {
  if ((type === 'integer' || type === 'number') && typeof value !== 'object') {
    const number = typeof value === 'string' ? Number(value.trim().replace(',', '.') || Number.NaN) : Number(value)
    if (!Number.isFinite(number)) return drop('no-number')
    return put(
      type === 'integer' ? Math.round(number) : number,
      typeof value === 'number' ? 'fraction' : 'text-for-number',
    )
  }
  if (type === 'string') {
    if (typeof value === 'object') return put(JSON.stringify(value), 'object-for-text')
    return put(String(value), 'number-for-text')
  }
  if (type === 'boolean' && typeof value !== 'object') {
    if (value === 1 || /^(true|1)$/i.test(String(value))) return put(true, 'text-for-boolean')
    if (value === 0 || /^(false|0)$/i.test(String(value))) return put(false, 'text-for-boolean')
  }
  if (type === 'array' && isObject(value)) return put([value], 'object-for-list')
  if (type === 'object' && Array.isArray(value) && value.length === 1 && isObject(value[0]))
    return put(value[0], 'list-for-object')
  return drop('wrong-type')
}

const mendEnum = (
  value: unknown,
  allowed: readonly unknown[],
  put: (next: unknown, rule: string) => string,
  drop: (rule: string) => string,
): string => {
  const plain = (word: unknown) =>
    String(word)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
  const same = allowed.find((word) => plain(word) === plain(value))
  if (same !== undefined) return put(same, 'enum-spelling')
  const other = allowed.find((word) => word === 'OtherError' || word === 'Other')
  return other === undefined ? drop('unknown-enum') : put(other, 'unknown-enum')
}

interface Place {
  readonly owner: Record<string, unknown>
  readonly key: string
}

const remove = ({ owner, key }: Place): void => {
  if (Array.isArray(owner)) owner.splice(Number(key), 1)
  else delete owner[key]
}

const steps = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const find = (root: { payload: unknown }, path: string): unknown => {
  let at: unknown = root.payload
  for (const step of steps(path)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<string, unknown>)[step]
  }
  return at
}

const parentOf = (root: { payload: unknown }, path: string): Place | undefined => {
  if (path === '') return { owner: root as unknown as Record<string, unknown>, key: 'payload' }
  const cut = path.lastIndexOf('/')
  const owner = find(root, path.slice(0, cut))
  if (typeof owner !== 'object' || owner === null) return undefined
  return { owner: owner as Record<string, unknown>, key: steps(path.slice(cut))[0]! }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
