import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { galleryHtml } from './gallery.ts'
import { writtenAssets } from './list.ts'

describe('written files', () => {
  test.each(Object.entries(writtenAssets()))(
    '%s is what the tokens say (else run: node src/assets/write.ts)',
    (path, content) => {
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(content)
    },
  )

  test('tokens.css declares every property once a rule, and uses none that it does not declare', () => {
    const css = writtenAssets()['tokens.css'] ?? ''
    const declared = new Set(Array.from(css.matchAll(/(--wn-[a-z0-9-]+):/g), (match) => match[1]))
    for (const [, used] of css.matchAll(/var\((--wn-[a-z0-9-]+)\)/g)) expect(declared).toContain(used)
    for (const [, rule] of css.matchAll(/\{([^{}]*)\}/g)) {
      const names = Array.from((rule ?? '').matchAll(/(--wn-[a-z0-9-]+):/g), (match) => match[1])
      expect(new Set(names).size).toBe(names.length)
    }
    expect(css).not.toMatch(/undefined|NaN|\[object/)
  })

  test('the gallery uses only declared properties', () => {
    const html = galleryHtml('light')
    const declared = new Set(Array.from(html.matchAll(/(--wn-[a-z0-9-]+):/g), (match) => match[1]))
    for (const [, used] of html.matchAll(/var\((--wn-[a-z0-9-]+)\)/g)) expect(declared).toContain(used)
  })
})
