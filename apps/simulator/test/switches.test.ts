import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { misbehaviours } from '../src/index.ts'

it('the table of bad habits names each switch once, in the same words', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const rows = [...readme.matchAll(/^\| .+ \| `([a-z0-9-]+)` \| (.+) \|$/gm)].map(([, name, words]) => [name!, words!])
  expect(rows.length).toBe(Object.keys(misbehaviours).length)
  expect(Object.fromEntries(rows)).toEqual(misbehaviours)
})
