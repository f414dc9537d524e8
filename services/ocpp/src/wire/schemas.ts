import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { isStrictTime } from './station-time.ts'
import type { OcppVersion } from './version.ts'

/**
 * The Open Charge Alliance's JSON schemas, as the npm package `ocpp-rpc` carries them. A validator is compiled when its message is
 * first met (2-5 ms, once per process) and kept; compiling all 387 would cost every start 1.6 s for messages most stations never send.
 */
export interface Schemas {
  readonly version: OcppVersion
  /** Every action of the version, in both directions. */
  readonly actions: ReadonlySet<string>
  /** Undefined when the payload keeps to the schema, else every way in which it does not. */
  violations(action: string, direction: Direction, payload: unknown): readonly ErrorObject[] | undefined
  /** Compiles ahead of the first message. */
  warm(actions: readonly string[]): void
}
export type Direction = 'request' | 'response'

const fileOf: Record<OcppVersion, string> = {
  'ocpp1.6': 'ocpp1_6.json',
  'ocpp2.0.1': 'ocpp2_0_1.json',
  'ocpp2.1': 'ocpp2_1.json',
}

const loaded = new Map<OcppVersion, Schemas>()

/** One set per process and version. */
export const schemasOf = (version: OcppVersion): Schemas => {
  let schemas = loaded.get(version)
  if (!schemas) {
    schemas = loadSchemas(version)
    loaded.set(version, schemas)
  }
  return schemas
}

interface RawSchema {
  $id: string
  $schema?: string
}

const loadSchemas = (version: OcppVersion): Schemas => {
  const path = createRequire(import.meta.url).resolve(`ocpp-rpc/lib/schemas/${fileOf[version]}`)
  const raw = new Map<string, RawSchema>()
  for (const schema of JSON.parse(readFileSync(path, 'utf8')) as RawSchema[]) raw.set(keyOf(schema.$id), schema)

  const options = {
    strict: false,
    validateSchema: false,
    logger: false,
    addUsedSchema: false,
    multipleOfPrecision: 3,
    formats: { 'date-time': isStrictTime, uri: true },
  } as const
  const fast = compiler(new Ajv(options), raw)
  // Repairing needs every fault and the schema around it; only payloads that failed the fast check pay for it.
  const thorough = compiler(new Ajv({ ...options, allErrors: true, verbose: true }), raw)

  /** Asked for each message: looked up without a text made for it. */
  const hot = { request: new Map<string, ValidateFunction>(), response: new Map<string, ValidateFunction>() }

  return {
    version,
    actions: new Set([...raw.keys()].map((key) => key.split('.')[0]!)),
    violations: (action, direction, payload) => {
      let quick = hot[direction].get(action)
      if (!quick) {
        quick = fast(`${action}.${direction}`)
        hot[direction].set(action, quick)
      }
      if (quick(payload)) return undefined
      const validate = thorough(`${action}.${direction}`)
      validate(payload)
      return validate.errors ?? []
    },
    warm: (actions) => {
      for (const action of actions)
        for (const direction of ['request', 'response'] as const)
          if (raw.has(`${action}.${direction}`)) fast(`${action}.${direction}`)
    },
  }
}

/** `urn:Heartbeat.req` (1.6, 2.0.1), `urn:HeartbeatRequest` (2.1) -> `Heartbeat.request`. */
const keyOf = (id: string): string => {
  const name = id.replace(/^urn:/, '')
  const match = /^(.+?)(\.req|\.conf|Request|Response)?$/.exec(name)!
  return `${match[1]}.${match[2] === '.conf' || match[2] === 'Response' ? 'response' : 'request'}`
}

const compiler = (ajv: Ajv, raw: ReadonlyMap<string, RawSchema>) => {
  const compiled = new Map<string, ValidateFunction>()
  return (key: string): ValidateFunction => {
    let validate = compiled.get(key)
    if (!validate) {
      const schema = raw.get(key)
      if (!schema) throw new Error(`No schema for ${key}`)
      // Their ids are no valid URNs (RFC 8141) and nothing refers to them.
      const { $id, $schema, ...body } = schema
      validate = ajv.compile(body)
      compiled.set(key, validate)
    }
    return validate
  }
}
