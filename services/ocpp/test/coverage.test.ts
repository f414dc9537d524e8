import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ocppVersions } from '../src/wire/version.ts'
import { cellsOf, coveragePage, unhandledIn } from './coverage.ts'

describe.each(ocppVersions)('%s', (version) => {
  it('has no action that nothing handles', () => {
    expect(unhandledIn(version)).toEqual([])
  })

  it('has no cell without a test, or without the file it names', () => {
    expect(cellsOf(version).filter((cell) => !cell.tested)).toEqual([])
    const missing = cellsOf(version)
      .flatMap(({ handled, tested }) => [handled, tested!])
      .filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)))
    expect([...new Set(missing)]).toEqual([])
  })
})

it('is written down as it is', () => {
  expect(readFileSync(new URL('../COVERAGE.md', import.meta.url), 'utf8')).toBe(coveragePage())
})
