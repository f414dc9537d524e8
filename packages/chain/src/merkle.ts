import type { Hex } from '@werenode/core'
import { concat, keccak256 } from 'viem'

/** The leaf of a record under meterRoot: keccak(keccak(digest)), so that no inner node can pass for a leaf (R25). */
export const meterLeaf = (digest: Hex): Hex => keccak256(keccak256(digest))

const pair = (a: Hex, b: Hex): Hex => (BigInt(a) < BigInt(b) ? keccak256(concat([a, b])) : keccak256(concat([b, a])))

const levelUp = (level: readonly Hex[]): readonly Hex[] => {
  const next: Hex[] = []
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index]!
    const right = level[index + 1]
    next.push(right === undefined ? left : pair(left, right))
  }
  return next
}

const sorted = (leaves: readonly Hex[]): readonly Hex[] => {
  if (leaves.length === 0) throw new RangeError('A Merkle tree needs at least one leaf')
  return [...new Set(leaves.map((leaf) => leaf.toLowerCase() as Hex))].sort()
}

/** Root over the leaves, in any order. Pairs are hashed smaller first, as OpenZeppelin's MerkleProof expects. */
export const merkleRoot = (leaves: readonly Hex[]): Hex => {
  let level = sorted(leaves)
  while (level.length > 1) level = levelUp(level)
  return level[0]!
}

/** The siblings that lead from `leaf` to the root. */
export const merkleProof = (leaves: readonly Hex[], leaf: Hex): readonly Hex[] => {
  let level = sorted(leaves)
  let index = level.indexOf(leaf.toLowerCase() as Hex)
  if (index === -1) throw new RangeError(`${leaf} is not among the ${leaves.length} leaves`)
  const proof: Hex[] = []
  while (level.length > 1) {
    const sibling = level[index ^ 1]
    if (sibling !== undefined) proof.push(sibling)
    level = levelUp(level)
    index >>= 1
  }
  return proof
}

/** Whether `leaf` is under `root`. */
export const merkleHolds = (root: Hex, leaf: Hex, proof: readonly Hex[]): boolean =>
  proof.reduce<Hex>(pair, leaf).toLowerCase() === root.toLowerCase()
