import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const table = readFileSync(`${root}docs/roaming-partners.md`, 'utf8')
const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| what partners do'))
const references = [...table.matchAll(/`([^`]+\.ts) › ([^`]+)`/g)].map(([, file, name]) => ({
  file: file!,
  name: name!,
}))

it('every row of what partners do names its tests', () => {
  expect(rows.length).toBeGreaterThan(25)
  for (const row of rows) expect(row).toMatch(/`[^`]+\.ts › [^`]+`/)
})

it.each(references)('$file still holds "$name"', ({ file, name }) => {
  expect(existsSync(root + file)).toBe(true)
  expect(readFileSync(root + file, 'utf8')).toContain(name)
})
