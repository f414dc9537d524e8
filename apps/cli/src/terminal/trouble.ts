import { isWerenodeError } from '@werenode/core'
import { visible } from '@werenode/design/terminal'
import type { Screen } from './screen.ts'

/** The sentence and the hint of any error; a stack trace is for the log, not for a person. */
export const sentenceOf = (error: unknown): { readonly message: string; readonly hint: string | undefined } => {
  if (isWerenodeError(error)) return { message: error.message, hint: error.hint }
  if (error instanceof AggregateError && error.errors.length > 0) return sentenceOf(error.errors[0])
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOSPC':
      return { message: 'The disk is full', hint: 'Free some space, then run the same command again.' }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        message: `A file cannot be written (${message})`,
        hint: 'Give yourself that folder, or choose another with --data.',
      }
    default:
      return { message: message || String(error), hint: undefined }
  }
}

export const printTrouble = (screen: Screen, error: unknown): void => {
  const { message, hint } = sentenceOf(error)
  const words = visible(message)
  screen.print(`${screen.paint.danger(screen.glyphs.cross)} ${/[.!?]$/.test(words) ? words : `${words}.`}`)
  if (hint !== undefined) screen.print(`  ${visible(hint)}`)
}
