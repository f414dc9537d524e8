import type { Hex } from '@werenode/core'
import { type Abi, BaseError, ContractFunctionRevertedError, decodeErrorResult, toFunctionSelector } from 'viem'
import { chargeEscrowAbi, evidenceRulesAbi, evseRegistryAbi, operatorRegistryAbi, testEuroAbi } from '../abis.ts'
import { sentencesEn } from './sentences.en.ts'
import { sentencesFr } from './sentences.fr.ts'

/** A contract's refusal in words: what happened, and what to do. */
export interface ChainErrorSentence {
  /** The custom error's name; stable, for programs. */
  readonly name: string
  readonly title: string
  readonly todo: string
  readonly args: readonly unknown[]
}
export type ErrorLocale = 'en' | 'fr'
export type ErrorName = keyof typeof sentencesEn

/** A sentence, in one language; `args` are the error's. */
export interface Sentence {
  readonly title: string
  readonly todo: string
}

const sentences: Record<ErrorLocale, Record<ErrorName, Sentence>> = { en: sentencesEn, fr: sentencesFr }

/** Every custom error of the contracts, each once. */
export const errorsAbi = [
  ...new Map(
    [chargeEscrowAbi, evidenceRulesAbi, evseRegistryAbi, operatorRegistryAbi, testEuroAbi]
      .flatMap((abi): Abi => abi as unknown as Abi)
      .filter((item) => item.type === 'error')
      .map((item) => [`${item.name}(${item.inputs.map((input) => input.type).join()})`, item] as const),
  ).values(),
]

let selectors: ReadonlyMap<Hex, string> | undefined
/** Hashed when the first error comes: a page that opens has none yet. */
const nameOfSelector = (selector: Hex): string | undefined => {
  selectors ??= new Map(
    errorsAbi.map((item) => [
      toFunctionSelector({ ...item, type: 'function', outputs: [], stateMutability: 'pure' }),
      item.name,
    ]),
  )
  return selectors.get(selector)
}

/**
 * Puts a contract's refusal into words. Takes what viem threw, revert data, or the four bytes of an `ItemSkipped` event;
 * undefined when it is not a refusal of our contracts (a lost connection, say).
 */
export const explainError = (error: unknown, locale: ErrorLocale = 'en'): ChainErrorSentence | undefined => {
  const data = typeof error === 'string' ? error : revertData(error)
  if (data === undefined || !/^0x[0-9a-f]{8}/i.test(data)) return undefined
  return data.length === 10 ? ofSelector(data as Hex, locale) : ofData(data as Hex, locale)
}

/** Solidity's own errors: tokens refuse with text, and arithmetic panics without a word. */
const builtInNames: Readonly<Record<string, ErrorName>> = { Error: 'TokenRefused', Panic: 'NoReason' }
/** The same by their four bytes, and a batch item that ran out of gas. */
const foreignNames: Readonly<Record<string, ErrorName>> = {
  '0x08c379a0': 'TokenRefused',
  '0x4e487b71': 'NoReason',
  '0xffffffff': 'NoReason',
}

/** The sentence of an error by its name. */
export const explainErrorName = (name: string, locale: ErrorLocale = 'en'): ChainErrorSentence | undefined =>
  Object.hasOwn(sentencesEn, name) ? { name, args: [], ...sentences[locale][name as ErrorName] } : undefined

const ofSelector = (selector: Hex, locale: ErrorLocale): ChainErrorSentence | undefined => {
  const name = nameOfSelector(selector.toLowerCase() as Hex) ?? foreignNames[selector.toLowerCase()]
  return name === undefined ? undefined : explainErrorName(name, locale)
}

const ofData = (data: Hex, locale: ErrorLocale): ChainErrorSentence | undefined => {
  try {
    const { errorName, args } = decodeErrorResult({ abi: errorsAbi, data })
    const sentence = explainErrorName(builtInNames[errorName] ?? errorName, locale)
    return sentence === undefined ? undefined : { ...sentence, args: args ?? [] }
  } catch {
    return ofSelector(data.slice(0, 10) as Hex, locale)
  }
}

const revertData = (error: unknown): string | undefined => {
  if (!(error instanceof BaseError)) return undefined
  const reverted = error.walk((cause) => cause instanceof ContractFunctionRevertedError)
  if (reverted instanceof ContractFunctionRevertedError) return reverted.raw ?? undefined
  const carrier = error.walk((cause) => typeof (cause as { data?: unknown }).data === 'string')
  return carrier === null ? undefined : ((carrier as { data?: unknown }).data as string)
}
