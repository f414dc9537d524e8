import { explainErrorName } from '@werenode/chain'
import type { Failure } from './failure.ts'

const ours: Readonly<Record<string, string>> = {
  Reverted:
    'The contract refused this transaction without a reason. Look at its terms and at the state of the session.',
  OutOfGas: 'This transaction needs more gas than it may use. A contract wallet behind it may be too costly.',
  NotEncodable: 'A field of this order is outside its range, so no transaction can say it.',
}

/** What went wrong and what to do, in a sentence for the person concerned. */
export const sentenceOf = (failure: Failure): string => {
  const known = explainErrorName(failure.error)
  if (known) return `${known.title}. ${known.todo}`
  return ours[failure.error] ?? `The contract refused this transaction (${failure.error}).`
}
