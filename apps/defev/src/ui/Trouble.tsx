import type { Trouble as TroubleWords } from '../wallet/trouble.ts'
import { useDesk } from './context.ts'

/** What went wrong and what to do, where it happened. */
export const Trouble = ({ trouble }: { trouble: TroubleWords | undefined }) => {
  const { say } = useDesk()
  if (trouble === undefined) return null
  return (
    <p className="note note--danger" role="alert">
      {'word' in trouble ? say(trouble.word, trouble.values) : `${trouble.title} ${trouble.todo}`}
    </p>
  )
}
