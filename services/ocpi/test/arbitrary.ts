import fc from 'fast-check'
import type { Schema, Spec } from '../src/schema/schema.ts'

/** Objects that obey a table of ours, made from the table itself. */
export const arbitraryOf = (schema: Schema): fc.Arbitrary<unknown> => ofSpec(schema.spec)

const ofSpec = (spec: Spec): fc.Arbitrary<unknown> => {
  switch (spec.kind) {
    case 'text':
      if (spec.pattern?.source.includes('[0-9]{1,2}\\.')) return degrees(90)
      if (spec.pattern?.source.includes('[0-9]{1,3}\\.')) return degrees(180)
      if (spec.pattern?.source.includes('[0-5][0-9]')) return fc.constantFrom('00:00', '08:15', '23:59')
      return fc.string({
        unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*-'),
        minLength: Math.max(1, spec.min ?? 1),
        maxLength: Math.min(spec.max, 12),
      })
    case 'url':
      return fc.constantFrom('https://example.com/a', 'http://192.0.2.7:8080/ocpi/x?y=1')
    case 'dateTime':
      return fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }).map((ms) => new Date(ms).toISOString())
    case 'number':
      return spec.int
        ? fc.integer({ min: 0, max: 100_000 })
        : fc.integer({ min: 0, max: 100_000_000 }).map((scaled) => scaled / 10_000)
    case 'boolean':
      return fc.boolean()
    case 'enum':
      return fc.constantFrom(...spec.values)
    case 'object': {
      const needed: string[] = []
      const fields: Record<string, fc.Arbitrary<unknown>> = {}
      for (const [name, { card, schema }] of Object.entries(spec.fields)) {
        const item = ofSpec(schema.spec)
        fields[name] = card === '1' || card === '?' ? item : fc.array(item, { minLength: 1, maxLength: 2 })
        if (card === '1' || card === '+') needed.push(name)
      }
      return fc.record(fields, { requiredKeys: needed })
    }
  }
}

const degrees = (most: number): fc.Arbitrary<string> =>
  fc
    .integer({ min: -(most - 1) * 1_000_000, max: (most - 1) * 1_000_000 })
    .map((micro) => (micro / 1_000_000).toFixed(6))
