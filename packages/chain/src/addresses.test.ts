import { describe, expect, it } from 'vitest'
import { type AddressBookJson, addressBook, addressesToJson, domainOf, tokenDomainOf } from './addresses.ts'

const at = (digit: string) => `0x${digit.repeat(40)}` as const
const json: AddressBookJson = {
  '31337': {
    name: 'Local chain',
    operatorRegistry: at('1'),
    evseRegistry: at('2'),
    verifier: at('3'),
    evidenceRules: at('4'),
    escrow: at('5'),
    tokens: [{ address: at('6'), symbol: 'tEUR', domainName: 'Test Euro', domainVersion: '1' }],
    fromBlock: '12',
  },
}

describe('the address book', () => {
  it('finds a chain and survives a round trip through JSON', () => {
    const book = addressBook(json)
    expect(book.chainIds).toEqual([31337])
    expect(book.of(31337).fromBlock).toBe(12n)
    expect(addressesToJson(book.of(31337))).toEqual(json)
  })

  it('says what to do about a chain it does not know', () => {
    expect(() => addressBook(json).of(1)).toThrow('Werenode is not known on chain 1')
  })

  it('refuses an entry that is no address, and says which', () => {
    const broken = { '1': { ...json['31337']!, escrow: '0x12' as const } }
    expect(() => addressBook(broken)).toThrow('escrow of chain 1 is not an address: "0x12"')
  })

  it('knows the domains of escrow and token', () => {
    const entry = addressBook(json).of(31337)
    expect(domainOf(entry)).toEqual({
      name: 'Werenode Charge Escrow',
      version: '1',
      chainId: 31337,
      verifyingContract: at('5'),
    })
    expect(tokenDomainOf(entry, entry.tokens[0]!).name).toBe('Test Euro')
  })
})
