import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { misbehaviours } from '../src/index.ts'

it('the table of bad habits names each switch once, in the same words', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const rows = [...readme.matchAll(/^\| .+ \| `([a-z0-9-]+)` \| (.+) \|$/gm)].map(([, name, words]) => [name!, words!])
  expect(rows.length).toBe(Object.keys(misbehaviours).length)
  expect(Object.fromEntries(rows)).toEqual(misbehaviours)
})

it('each trouble of the field notes has switches that exist, and each switch stands in a row', () => {
  const notes = readFileSync(new URL('../../../services/ocpp/FIELD-NOTES.md', import.meta.url), 'utf8')
  const cells = [...notes.matchAll(/^\| (?!---|what is seen).+ \| ([^|]+) \|$/gm)].map(([, cell]) => cell!)
  const named = cells.map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!))
  for (const [row, names] of named.entries())
    if (names.length === 0) expect(cells[row]).toBe('only a server can bring it about')
  expect([...new Set(named.flat())].sort()).toEqual(Object.keys(misbehaviours).sort())
})
