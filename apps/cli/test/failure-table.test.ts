import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const table = readFileSync(`${root}docs/failures.md`, 'utf8')
const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| what goes wrong'))
const references = [...table.matchAll(/`([^`]+\.ts) › ([^`]+)`/g)].map(([, file, name]) => ({
  file: file!,
  name: name!,
}))

it('every row of the failure table names its tests', () => {
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) expect(row).toMatch(/`[^`]+\.ts › [^`]+`/)
})

it.each(references)('$file still holds "$name"', ({ file, name }) => {
  expect(existsSync(root + file)).toBe(true)
  const words = readFileSync(root + file, 'utf8').replaceAll(/\s*\n\s*\*?\s*/g, ' ')
  expect(words).toContain(name)
})
