import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryOf } from '../../test/arbitrary.ts'
import { NotExpressible } from '../model/map-context.ts'
import type { Kind } from '../model/model.ts'
import { accept } from '../schema/accept.ts'
import { check } from '../schema/check.ts'
import { type VersionNumber, versionNumbers, versionOf } from './versions.ts'

const owner = { country_code: 'FR', party_id: 'WRN' }
const holder = { country_code: 'DE', party_id: 'ABC' }
const runs = { numRuns: 40 }
type Wire = Record<string, unknown>

/** Every kind that a version knows. */
const cases = versionNumbers.flatMap((number) =>
  (Object.keys(versionOf(number).mapper) as Kind[]).map((kind) => [number, kind] as const),
)

describe.each(cases)('%s %s', (number, kind) => {
  const { schema, ...mapper } = versionOf(number).mapper[kind]!

  it('that obey the table are emitted, and taken without a deviation', () => {
    fc.assert(
      fc.property(arbitraryOf(schema), (wire) => {
        expect(check(schema, wire)).toEqual([])
        expect(accept(schema, wire)).toEqual({ ok: true, value: wire, deviations: [] })
      }),
      runs,
    )
  })

  it('keep their meaning through the model and back', () => {
    fc.assert(
      fc.property(arbitraryOf(schema), (wire) => {
        const model = mapper.fromWire(wire as Wire, { owner, holder })
        const context = { owner, holder, ...(number === '2.1.1' ? locationIn(wire as Wire) : {}) }
        const again = told(() => mapper.toWire(model as never, context) as unknown as Wire)
        if (again === undefined) return
        expect(check(schema, again)).toEqual([])
        const second = mapper.fromWire(again, { owner, holder })
        expect(rounded(second)).toEqual(rounded(number === '2.1.1' ? chosen(model) : model))
        if (number !== '2.1.1' && !(kind === 'tariffs' || kind === 'cdrs'))
          expect(rounded(again)).toEqual(rounded(wire))
      }),
      runs,
    )
  })

  /** 2.1.1 writes the whole location into sessions and CDRs: the mapper is handed the one that was written. */
  function locationIn(wire: Wire) {
    const location = wire.location as Wire | undefined
    if (location === undefined) return {}
    const locations = versionOf('2.1.1').mapper.locations!
    return { location: locations.fromWire(location, { owner, holder }) }
  }
})

describe.each(versionNumbers)('an object of the newest version, told in %s', (number: VersionNumber) => {
  it.each(['locations', 'tokens', 'tariffs'] as const)('is a lawful one of %s, or is refused in words', (kind) => {
    const target = versionOf(number).mapper[kind]!
    const source = versionOf('2.3.0').mapper[kind]!
    fc.assert(
      fc.property(arbitraryOf(source.schema), (wire) => {
        const model = source.fromWire(wire as Wire, { owner, holder })
        try {
          const told = target.toWire(model as never, { owner, holder })
          expect(check(target.schema, told)).toEqual([])
        } catch (error) {
          expect(error).toBeInstanceOf(NotExpressible)
        }
      }),
      runs,
    )
  })
})

/** 2.1.1 cannot say a session whose location names no plug. */
const told = (write: () => Wire): Wire | undefined => {
  try {
    return write()
  } catch (error) {
    if (error instanceof NotExpressible) return undefined
    throw error
  }
}

/** Hours are a choice in 2.1.1 (4.13): regular hours beside twentyfourseven mean nothing. */
const chosen = (model: object): unknown => {
  const { opening_times: hours } = model as { opening_times?: { twentyfourseven: boolean; regular_hours?: unknown } }
  if (!hours?.twentyfourseven) return model
  const { regular_hours, ...rest } = hours
  return { ...model, opening_times: rest }
}

/** Sums of taxes are floating point on the way: compared to 4 decimals, as they are emitted. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'number' ? Math.round(part * 10_000) / 10_000 : part,
  )
