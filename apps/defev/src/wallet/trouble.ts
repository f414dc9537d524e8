import { explainError } from '@werenode/chain'
import type { Locale } from '@werenode/design'
import { BaseError } from 'viem'
import type { Word } from '../words/words.ts'

/** What went wrong, as the catalogue of words names it, or in a contract's own sentence. */
export type Trouble =
  | { readonly word: Word; readonly values?: Readonly<Record<string, string>> }
  | { readonly title: string; readonly todo: string }

/** A trouble this app found itself, before it came to the wallet. */
export class TroubleError extends Error {
  readonly trouble: Trouble
  constructor(trouble: Trouble) {
    super('word' in trouble ? trouble.word : trouble.title)
    this.name = 'TroubleError'
    this.trouble = trouble
  }
}

/** Another transaction took its place. */
export const isReplaced = (error: unknown): boolean =>
  error instanceof TroubleError && 'word' in error.trouble && error.trouble.word === 'trouble.replaced'

/** The code a wallet or node gave, however deep it lies. */
export const codeOf = (error: unknown): number | undefined => {
  let at: unknown = error
  for (let depth = 0; depth < 8 && typeof at === 'object' && at !== null; depth += 1) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'number') return code
    at =
      (at as { cause?: unknown; data?: { originalError?: unknown } }).cause ??
      (at as { data?: { originalError?: unknown } }).data?.originalError
  }
  return undefined
}

/** For what is read in the background: that no node answers is told at the top of the page. Anything else is a fault, and is shown as one. */
export const onlyAway = (error: unknown): void => {
  if (!(error instanceof BaseError)) reportError(error)
}

/** Puts any failure of wallet, node or contract into words with a way on. Nothing that goes wrong here has cost money unless it says so. */
export const troubleOf = (error: unknown, locale: Locale): Trouble => {
  if (error instanceof TroubleError) return error.trouble
  const contract = explainError(error, locale)
  if (contract !== undefined) return { title: contract.title, todo: contract.todo }
  const code = codeOf(error)
  const text =
    error instanceof BaseError
      ? error.details || error.shortMessage
      : error instanceof Error
        ? error.message
        : String(error)
  if (code === 4001 || code === 5000 || /user rejected|user denied/i.test(text)) return { word: 'trouble.rejected' }
  if (code === -32002) return { word: 'trouble.waiting' }
  if (code === 4100) return { word: 'trouble.unauthorised' }
  if (code === 4900 || code === 4901) return { word: 'trouble.walletAway' }
  if (/insufficient funds|insufficient balance|exceeds the balance|enough funds/i.test(text))
    return { word: 'trouble.gas' }
  if (/nonce too low|already known|replacement transaction underpriced/i.test(text)) return { word: 'trouble.nonce' }
  if (/timed out|timeout/i.test(text)) return { word: 'trouble.slow' }
  if (/fetch|network|http request failed|load failed/i.test(text)) return { word: 'trouble.rpc' }
  return { word: 'trouble.unknown', values: { text: text.slice(0, 200) } }
}
