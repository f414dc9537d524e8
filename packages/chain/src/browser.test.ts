import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = new URL('.', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
)

describe('the package in a browser', () => {
  it('imports nothing of Node and reads no environment', () => {
    expect(files.length).toBeGreaterThan(20)
    for (const name of files) {
      const text = readFileSync(new URL(name, folder), 'utf8')
      expect(text, name).not.toMatch(/from 'node:|process\.|Buffer\b|__dirname/)
    }
  })
})
