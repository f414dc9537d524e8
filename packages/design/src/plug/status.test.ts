import { describe, expect, test } from 'vitest'
import { themeNames } from '../tokens/index.ts'
import { connectorWords } from './connector-words.ts'
import { markerSvg, plugStatuses, plugStatusOf, statusLooks } from './index.ts'

const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length

describe('the look of a plug status', () => {
  test('differs from every other in shape, in glyph and in words, not only in colour', () => {
    const looks = plugStatuses.map((status) => statusLooks[status])
    expect(distinct(looks.map((look) => look.shape))).toBe(true)
    expect(distinct(looks.map((look) => look.icon))).toBe(true)
    expect(distinct(looks.map((look) => look.messageKey))).toBe(true)
    expect(distinct(looks.map((look) => look.rank))).toBe(true)
  })

  test.each([
    ['AVAILABLE', 'available'],
    ['BLOCKED', 'occupied'],
    ['CHARGING', 'charging'],
    ['INOPERATIVE', 'outOfOrder'],
    ['OUTOFORDER', 'outOfOrder'],
    ['PLANNED', 'planned'],
    ['RESERVED', 'reserved'],
    ['UNKNOWN', 'unknown'],
    ['available', 'available'],
    ['SOMETHING_NEW', 'unknown'],
    ['constructor', 'unknown'],
  ])('OCPI %s is shown as %s', (ocpi, status) => {
    expect(plugStatusOf(ocpi)).toBe(status)
  })

  test.each(themeNames)('every marker can be drawn in the %s theme', (theme) => {
    const markers = plugStatuses.map((status) => markerSvg(status, { theme, title: status }))
    expect(distinct(markers)).toBe(true)
    for (const marker of markers) expect(marker).toMatch(/^<svg .*<\/svg>$/s)
  })
})

test('a connector has the name people know, in both languages, whatever its OCPI word', () => {
  expect(connectorWords('IEC_62196_T2_COMBO', 'en')).toBe('CCS (Combo 2)')
  expect(connectorWords('DOMESTIC_E', 'fr')).toBe('Prise domestique (type E)')
  expect(connectorWords('something new', 'en')).toBe('Other connector')
})
