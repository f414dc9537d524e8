import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeTariff, parseTariff } from '@werenode/core'
import { catalogueFaults } from '@werenode/design/catalogue'
import { describe, expect, test } from 'vitest'
import { draftOfTariff, emptyDraft, tariffOfDraft } from '../src/desk/tariff-draft.ts'
import { portalCatalogue } from '../src/words/portal.ts'

test('every word is said in both languages, with the same places', () => {
  expect(catalogueFaults(portalCatalogue as never)).toEqual([])
})

describe('a tariff typed in the editor', () => {
  const draft = { ...emptyDraft, perKWh: '0.54', perIdleMinute: '0.24', max: '60' }

  test('is priced as it was typed, VAT included', () => {
    const parts = describeTariff(parseTariff({ id: 'T', country_code: 'FR', party_id: 'WRN', ...tariffOfDraft(draft) }))
    expect(parts.map(({ kind, inclVat }) => [kind, Number(inclVat)])).toEqual([
      ['energy', 0.54],
      ['parking', 0.24],
      ['max', 60],
    ])
  })

  test('comes back into the editor as it was', () => {
    expect(draftOfTariff(tariffOfDraft(draft))).toEqual(draft)
  })

  test('with restrictions is not squeezed into the simple form', () => {
    const [element] = tariffOfDraft(draft).elements as readonly object[]
    expect(draftOfTariff({ elements: [{ ...element, restrictions: { start_time: '22:00' } }] })).toBeUndefined()
  })
})

const pages = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))

test('every tariff in the documentation is one this engine prices', () => {
  const price = readFileSync(join(import.meta.dirname, '../docs/operate/price.md'), 'utf8')
  const samples = [...price.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text!) as object)
  expect(samples.length).toBe(2)
  for (const sample of samples)
    expect(
      describeTariff(parseTariff({ id: 'T', country_code: 'FR', party_id: 'WRN', ...sample })).length,
    ).toBeGreaterThan(0)
})

test('every JSON sample of the documentation is JSON', () => {
  for (const page of pages(join(import.meta.dirname, '../docs')))
    for (const [, text] of readFileSync(page, 'utf8').matchAll(/```json\n([\s\S]*?)```/g))
      expect(() => JSON.parse(text!), page).not.toThrow()
})
