import { encodeErrorResult, type Hex, toFunctionSelector } from 'viem'
import { describe, expect, it } from 'vitest'
import { chargeEscrowAbi } from '../abis.ts'
import { errorsAbi, explainError, explainErrorName } from './explain.ts'
import { sentencesEn } from './sentences.en.ts'
import { sentencesFr } from './sentences.fr.ts'

const names = [...new Set(errorsAbi.map((item) => item.name))]
/** Errors without a definition of ours: a token's text, and no reason at all. */
const foreign = ['TokenRefused', 'NoReason']

describe('a refusal of the contracts', () => {
  it('has a sentence for every custom error, and none for errors that are no more', () => {
    expect(Object.keys(sentencesEn).sort()).toEqual([...names, ...foreign].sort())
    expect(Object.keys(sentencesFr).sort()).toEqual(Object.keys(sentencesEn).sort())
  })

  it('says what happened and what to do, in both languages', () => {
    for (const { title, todo } of [...Object.values(sentencesEn), ...Object.values(sentencesFr)]) {
      expect(title).toMatch(/^\p{Lu}.*[^.]$/u)
      expect(todo).toMatch(/^\p{Lu}.*\.$/u)
    }
  })

  it('is read from revert data with its arguments', () => {
    const data = encodeErrorResult({ abi: chargeEscrowAbi, errorName: 'QuoteExpired', args: [1_800_000_000n] })
    expect(explainError(data)).toEqual({ name: 'QuoteExpired', args: [1_800_000_000n], ...sentencesEn.QuoteExpired })
    expect(explainError(data, 'fr')?.title).toBe('Le devis a expiré')
  })

  it('is read from the four bytes of a skipped batch item', () => {
    const selector = toFunctionSelector('function WrongStatus(uint8)')
    expect(explainError(selector)?.name).toBe('WrongStatus')
    expect(explainError('0xffffffff')?.name).toBe('NoReason')
  })

  it('is the token’s when it speaks in text', () => {
    const text = encodeErrorResult({
      abi: [{ type: 'error', name: 'Error', inputs: [{ type: 'string', name: 'message' }] }],
      args: ['FiatTokenV2: authorization is expired'],
    })
    expect(explainError(text)?.name).toBe('TokenRefused')
  })

  it('is undefined for anything else', () => {
    for (const other of ['0x', 'hello', '0x12345678', undefined, null, 7, new Error('socket closed')])
      expect(explainError(other as Hex)).toBeUndefined()
    expect(explainErrorName('toString')).toBeUndefined()
  })
})
