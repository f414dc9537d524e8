import type { Hex } from '@werenode/core'
import { concat, size, slice, toHex } from 'viem'

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** r || s with s in the lower half, as the verifier wants it (R21); both forms are valid signatures of the same key. */
export const lowS = (signature: Hex): Hex => {
  if (size(signature) !== 64) throw new RangeError('A P-256 signature is r and s, 32 bytes each')
  const s = BigInt(slice(signature, 32, 64))
  return s > order / 2n ? concat([slice(signature, 0, 32), toHex(order - s, { size: 32 })]) : signature
}
