import { UserRejectedRequestError } from 'viem'
import { describe, expect, it } from 'vitest'
import { TroubleError, troubleOf } from '../src/wallet/trouble.ts'
import { en } from '../src/words/en.ts'
import { fr } from '../src/words/fr.ts'
import { sayIn } from '../src/words/words.ts'

const values = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort()

describe('the words', () => {
  it('say the same things with the same values in both languages', () => {
    expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort())
    for (const word of Object.keys(en) as (keyof typeof en)[])
      expect([word, values(fr[word])]).toEqual([word, values(en[word])])
  })

  it('put their values in', () => {
    expect(sayIn('en')('plug.perKWh', { price: '€0.39' })).toBe('€0.39 per kWh')
    expect(sayIn('fr')('plug.perKWh', { price: '0,39 €' })).toBe('0,39 € par kWh')
  })
})

describe('what goes wrong in a wallet', () => {
  const code = (number: number, message = 'x') => Object.assign(new Error(message), { code: number })
  it.each([
    ['declined', code(4001), 'trouble.rejected'],
    ['declined, as viem says it', new UserRejectedRequestError(new Error('no')), 'trouble.rejected'],
    ['already asked', code(-32002), 'trouble.waiting'],
    ['not granted', code(4100), 'trouble.unauthorised'],
    ['cut off', code(4900), 'trouble.walletAway'],
    ['no coin for gas', code(-32000, 'insufficient funds for gas * price + value'), 'trouble.gas'],
    ['a nonce in use', code(-32000, 'nonce too low'), 'trouble.nonce'],
    ['a slow node', new Error('The request timed out.'), 'trouble.slow'],
    ['no node', new TypeError('Failed to fetch'), 'trouble.rpc'],
    ['something else', new Error('boo'), 'trouble.unknown'],
    ['ours', new TroubleError({ word: 'trouble.account' }), 'trouble.account'],
  ])('%s has its sentence', (_, error, word) => {
    expect(troubleOf(error, 'en')).toMatchObject({ word })
  })
})
