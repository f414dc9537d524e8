import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareEngines } from '../proof/pricing/differential.ts'
import { type Recording, recordedEngine } from '../proof/pricing/recorded-engine.ts'

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'other-engine.json'), 'utf8')) as Recording

test(`prices are those of ${recorded.engine}, or a clause says why not`, async () => {
  const { seed, cases } = recorded
  const { unexplained, agreed, explainedCases } = await compareEngines({ other: recordedEngine(recorded), seed, cases })
  expect(unexplained).toEqual([])
  expect(agreed + explainedCases).toBe(cases)
  expect(agreed).toBeGreaterThan(cases * 0.8)
}, 120_000)
