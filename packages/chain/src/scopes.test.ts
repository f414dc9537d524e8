import { describe, expect, it } from 'vitest'
import { scopeMask, scopeNames } from './scopes.ts'

describe('scopes', () => {
  it('add up to a mask and come back as names', () => {
    expect(scopeMask('QUOTE', 'RECEIPT', 'PAY')).toBe(35)
    expect(scopeNames(35)).toEqual(['QUOTE', 'RECEIPT', 'PAY'])
    expect(scopeNames(0)).toEqual([])
  })
})
