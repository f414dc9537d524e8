import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  connectorFamily,
  connectorLook,
  plugStatuses,
  powerClasses,
  powerClassOf,
  powerClassWords,
  statusLooks,
} from '../plug/index.ts'
import {
  catalogueFaults,
  createTranslate,
  houseCatalogue,
  houseWords,
  isMessageKey,
  joinCatalogues,
  pluralForm,
  sayProblem,
  typeset,
} from './index.ts'
import { writtenPluralForm } from './plural.ts'

const [en, fr] = [houseWords('en'), houseWords('fr')]

describe('the catalogue of the house', () => {
  test('says the same in both languages: same keys, same places, nothing empty, signs spaced as French asks', () => {
    expect(catalogueFaults(houseCatalogue)).toEqual([])
    expect(Object.keys(houseCatalogue.en).length).toBeGreaterThan(300)
  })

  test('the faults it looks for are found', () => {
    const faults = catalogueFaults({
      en: {
        a: 'Hello {name}',
        b: 'Only here',
        c: { one: '{count} plug', other: '{count} plugs' },
        d: 'Wait',
        e: 'A {broken place}',
      },
      fr: { a: 'Bonjour {nom}', c: 'prises', d: 'Attendez!', e: 'Un' },
    })
    expect(faults).toContain('a: en has {name}, fr has {nom}')
    expect(faults).toContain('b: missing in fr')
    expect(faults).toContain('c: plural in one language only')
    expect(faults).toContain('d (fr): a space is missing at a French sign')
    expect(faults).toContain('e (en): a brace that is no place')
  })

  test('the price is said as on the quote', () => {
    expect(en('price.upTo', { amount: '25.00 EUR', price: '0.49 EUR/kWh' })).toBe(
      'Up to 25.00 EUR, 0.49 EUR/kWh; what you do not use comes back at once.',
    )
    expect(fr('price.upTo', { amount: '25,00 €', price: '0,49 €/kWh' })).toBe(
      'Jusqu’à 25,00 €, 0,49 €/kWh\u202f; ce que vous n’utilisez pas vous revient aussitôt.',
    )
  })

  test('numbers choose the form of the word', () => {
    expect(en('plug.count', { count: 1 })).toBe('1 plug')
    expect(en('plug.count', { count: 0 })).toBe('0 plugs')
    expect(fr('plug.count', { count: 0 })).toBe('0 prise')
    expect(fr('plug.count', { count: 2 })).toBe('2 prises')
    expect(fr('plug.count', { count: 29_109 })).toBe('29\u202f109 prises')
    expect(fr('plug.count', { count: 1_000_000 })).toBe('1\u202f000\u202f000 de prises')
  })

  test('the written plural rules are those of the platform', () => {
    const counts = fc.oneof(
      fc.integer({ min: 0, max: 3_000_000 }),
      fc.constantFrom(0, 1, 2, 1e6, 2e6, 1_000_001, 0.5, 1.5, 2.5),
    )
    fc.assert(
      fc.property(counts, fc.constantFrom('en' as const, 'fr' as const), (count, locale) => {
        expect(writtenPluralForm(count, locale)).toBe(pluralForm(count, locale))
      }),
    )
  })

  test('keys, places and missing values are checked by the compiler', () => {
    // @ts-expect-error no such key
    expect(en('session.state.flying')).toBe('session.state.flying')
    // @ts-expect-error a value is missing
    expect(en('session.soc')).toBe('Battery at {percent}')
    // @ts-expect-error a place of another name
    expect(en('session.soc', { percentage: '80%' })).toBe('Battery at {percent}')
    // @ts-expect-error count is a number
    expect(en('plug.count', { count: '2' })).toBe('2 plugs')
    expect(isMessageKey('session.state.charging')).toBe(true)
    expect(isMessageKey('toString')).toBe(false)
  })

  test('values are put in as they are, never read as places or signs', () => {
    expect(en('session.soc', { percent: '{percent} $& ...' })).toBe('Battery at {percent} $& ...')
  })
})

describe("an app's own words", () => {
  const own = { en: { 'app.greeting': 'Hello {name}' } as const, fr: { 'app.greeting': 'Bonjour {name} !' } }

  test('join those of the house under one speaker', () => {
    const t = createTranslate(joinCatalogues(houseCatalogue, own), 'fr')
    expect(t('app.greeting', { name: 'Zoé' })).toBe('Bonjour Zoé\u202f!')
    expect(t('action.save')).toBe('Enregistrer')
  })

  test('may not replace a word of the house', () => {
    const theft = { en: { 'action.save': 'Store' } as const, fr: { 'action.save': 'Sauver' } }
    expect(() => joinCatalogues(houseCatalogue, theft)).toThrow("these keys are the house's already: action.save")
  })
})

test('print is set finely', () => {
  expect(typeset("C'est « bon » : oui ; non ! vrai ? ...", 'fr')).toBe(
    'C’est «\u00a0bon\u00a0»\u00a0: oui\u202f; non\u202f! vrai\u202f? …',
  )
  expect(typeset("It's", 'en')).toBe('It’s')
})

describe('codes from the wire', () => {
  test('a problem says what happened and what to do', () => {
    expect(sayProblem(fr, { code: 'quote-expired' })).toEqual({
      what: 'Ce prix a expiré.',
      todo: 'Demandez un nouveau prix\u202f; rien n’a été prélevé.',
    })
    expect(sayProblem(en, { code: 'internal', instance: 'a1b2' }).todo).toContain('a1b2')
  })

  test("a code from a newer server keeps the server's sentence", () => {
    expect(sayProblem(en, { code: 'brand-new', title: 'New', detail: 'The moon is full.' })).toEqual({
      what: 'The moon is full.',
      todo: undefined,
    })
    expect(sayProblem(en, {}).what).toBe('Something went wrong.')
  })

  test.each([
    ['IEC_62196_T2_COMBO', 'IEC_62196_T2_COMBO', 'CCS (Combo 2)'],
    ['SAE_J3400', 'NACS', 'NACS (Tesla)'],
    ['DOMESTIC_J', 'DOMESTIC', 'Household socket'],
    ['IEC_60309_2_three_32', 'CEE', 'CEE industrial socket'],
    ['NEMA_14_50', 'NEMA', 'NEMA socket'],
    ['PANTOGRAPH_TOP_DOWN', 'PANTOGRAPH', 'Pantograph'],
    ['toString', 'UNKNOWN', 'Other connector'],
  ])('connector %s is a %s', (standard, family, words) => {
    expect(connectorFamily(standard)).toBe(family)
    expect(connectorLook(en, standard).words).toBe(words)
  })

  test('every plug status and power class has its words', () => {
    for (const status of plugStatuses) expect(en(statusLooks[status].messageKey)).not.toContain('status.')
    expect([3_700, 7_400, 11_000, 22_000, 50_000, 150_000, 400_000].map(powerClassOf)).toEqual([
      'slow',
      'slow',
      'normal',
      'normal',
      'fast',
      'ultra',
      'ultra',
    ])
    expect(powerClasses.map((name) => powerClassWords(en, 'en', name).replaceAll('\u00a0', ' '))).toEqual([
      'Slow (up to 7.4 kW)',
      'Normal (up to 22 kW)',
      'Fast (up to 150 kW)',
      'Very fast (from 150 kW)',
    ])
  })
})
