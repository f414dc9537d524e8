import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../../../../', import.meta.url)

/** Names of all tests of this service and of the simulator, as they are written down. */
const namesOfTests = (): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const folder of ['services/ocpp/', 'apps/simulator/'])
    for (const file of readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.test.ts') || file.includes('node_modules')) continue
      const text = readFileSync(new URL(`${folder}${file}`, root), 'utf8')
      for (const { groups } of text.matchAll(/(?:\bit|\))\(\s*(?<quote>['"`])(?<name>.+?)\k<quote>,/g))
        names.add(groups!.name!)
    }
  return names
}

interface Row {
  readonly seen: string
  readonly tests: readonly string[]
}

const rows = (): readonly Row[] => {
  const text = readFileSync(new URL('services/ocpp/FIELD-NOTES.md', root), 'utf8')
  const inTicks = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, words]) => words!)
  return [...text.matchAll(/^\| (?!---|what is seen)(.+?) \| (.+?) \| (.+?) \|$/gm)].map(([, seen, tests]) => ({
    seen: seen!,
    tests: inTicks(tests!),
  }))
}

it('each trouble of the field has tests, and each test it names exists', () => {
  const names = namesOfTests()
  const missing = rows().flatMap(({ seen, tests }) =>
    tests.length === 0 ? [`${seen}: no test`] : tests.filter((test) => !names.has(test)),
  )
  expect(rows().length).toBeGreaterThan(25)
  expect(missing).toEqual([])
})
