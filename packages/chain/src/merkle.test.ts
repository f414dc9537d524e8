import type { Hex } from '@werenode/core'
import fc from 'fast-check'
import { keccak256, numberToHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { merkleHolds, merkleProof, merkleRoot, meterLeaf } from './merkle.ts'

const leaf = (value: number): Hex => meterLeaf(keccak256(numberToHex(value, { size: 32 })))
const leavesOf = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 })

describe('the evidence tree', () => {
  it('proves every leaf, whatever the number and order of leaves', () => {
    fc.assert(
      fc.property(leavesOf, (values) => {
        const leaves = values.map(leaf)
        const root = merkleRoot(leaves)
        expect(merkleRoot([...leaves].reverse())).toBe(root)
        for (const each of leaves) expect(merkleHolds(root, each, merkleProof(leaves, each))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('proves no leaf that is not in it', () => {
    const leaves = [leaf(1), leaf(2), leaf(3)]
    expect(merkleHolds(merkleRoot(leaves), leaf(4), merkleProof(leaves, leaf(1)))).toBe(false)
    expect(() => merkleProof(leaves, leaf(4))).toThrow(/not among the 3 leaves/)
  })

  it('is its only leaf when there is one, and refuses to be empty', () => {
    expect(merkleRoot([leaf(1)])).toBe(leaf(1))
    expect(merkleProof([leaf(1)], leaf(1))).toEqual([])
    expect(() => merkleRoot([])).toThrow(/at least one leaf/)
  })
})
