import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareEngines } from './differential.ts'
import { findOtherEngine, openOtherEngine } from './other-engine.ts'
import { type Recording, recording } from './recorded-engine.ts'

/** Writes test/other-engine.json anew: `node services/ocpi/proof/pricing/record.ts`, then format it. */
const found = findOtherEngine()
if ('missing' in found) throw new Error(found.missing)
const other = await openOtherEngine(found.path)
try {
  const [seed, cases] = [1, 120]
  const { engine, prices } = recording(other)
  await compareEngines({ other: engine, seed, cases })
  const written: Recording = { engine: other.name, seed, cases, prices }
  writeFileSync(join(import.meta.dirname, '..', '..', 'test', 'other-engine.json'), JSON.stringify(written, null, 2))
} finally {
  other.close()
}
