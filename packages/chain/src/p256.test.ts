import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { lowS } from './p256.ts'

const half = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n / 2n

describe('a P-256 signature', () => {
  it('is normalised to the lower half, and normalising again changes nothing', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    for (let round = 0; round < 20; round += 1) {
      const raw = createSign('sha256').update(String(round)).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' })
      const low = lowS(`0x${raw.toString('hex')}`)
      expect(BigInt(`0x${low.slice(66)}`) <= half).toBe(true)
      expect(lowS(low)).toBe(low)
      expect(low.slice(0, 66)).toBe(`0x${raw.toString('hex').slice(0, 64)}`)
    }
  })

  it('has 64 bytes', () => {
    expect(() => lowS('0x12')).toThrow(/32 bytes each/)
  })
})
