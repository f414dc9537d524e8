import type { Availability } from '../registry/search.ts'
import { useDesk } from './context.ts'

/** A plug's availability: colour, and the word that says the same. */
export const Mark = ({ kind }: { kind: Availability }) => {
  const { say } = useDesk()
  return <span className={`mark mark--${kind}`}>{say(`plug.${kind}`)}</span>
}
