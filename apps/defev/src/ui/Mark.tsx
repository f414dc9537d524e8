import type { Availability } from '../registry/search.ts'
import type { Word } from '../words/words.ts'
import { useDesk } from './context.ts'

/** A plug's availability: colour, and the word that says the same. */
export const Mark = ({ kind, word = `plug.${kind}` }: { kind: Availability; word?: Word }) => {
  const { say } = useDesk()
  return <span className={`mark mark--${kind}`}>{say(word)}</span>
}
