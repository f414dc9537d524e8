import { keccak256, stringToHex } from 'viem'
import { describe, expect, it } from 'vitest'
import {
  evseIdHash,
  meterKeyHash,
  meterKeyOfAddress,
  meterKeyOfP256,
  operatorIdOf,
  partyBytes,
  partyFromBytes,
  standardBytes,
  standardFromBytes,
} from './identity.ts'

const address = '0x1111111111111111111111111111111111111111'

describe('names on chain', () => {
  it('hashes an EVSE id however it is written', () => {
    const expected = keccak256(stringToHex('FRWRNE000001'))
    for (const way of ['FR*WRN*E000001', 'frwrne000001', 'fr-wrn-e000001']) expect(evseIdHash(way)).toBe(expected)
  })

  it('turns a party into five bytes and back', () => {
    expect(partyBytes('fr*wrn')).toBe(stringToHex('FRWRN'))
    expect(partyFromBytes(partyBytes('FR*WRN'))).toBe('FR*WRN')
    expect(() => partyBytes('FRWR')).toThrow(/looks like FR\*WRN/)
  })

  it('gives two founders two ids for one party', () => {
    const one = operatorIdOf(31337, address, address, 'FR*WRN')
    expect(one).toMatch(/^0x[0-9a-f]{64}$/)
    expect(operatorIdOf(31337, address, '0x2222222222222222222222222222222222222222', 'FR*WRN')).not.toBe(one)
    expect(operatorIdOf(1, address, address, 'FR*WRN')).not.toBe(one)
  })

  it('packs meter keys as the registry takes them', () => {
    expect(meterKeyOfAddress(address)).toBe(address)
    const half = `0x${'ab'.repeat(32)}` as const
    expect(meterKeyOfP256(address, { x: half, y: half })).toBe(`${address}${'ab'.repeat(64)}`)
    expect(meterKeyHash(address)).toBe(keccak256(address))
  })

  it('keeps a connector standard readable', () => {
    expect(standardFromBytes(standardBytes('IEC_62196_T2_COMBO'))).toBe('IEC_62196_T2_COMBO')
  })
})
