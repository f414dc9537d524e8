import { useEffect, useRef, useState } from 'react'
import type { Answer, Asked, Question } from '../registry/questions.ts'
import { nowS, useDesk } from './context.ts'

/** An answer is asked for anew at most this often while the chain is being read, ms. */
const againMs = 700

/**
 * What the index says, and says anew when it has changed. Undefined until the first answer; `asked` undefined asks nothing. The time of
 * the question is added here.
 */
export const useAnswer = <Q extends Question>(
  question: Q,
  asked: Omit<Asked<Q>, 'nowS'> | undefined,
  everyMs = againMs,
): Answer<Q> | undefined => {
  const { index, progress } = useDesk()
  const [answer, setAnswer] = useState<Answer<Q>>()
  const text = asked === undefined ? undefined : JSON.stringify(asked)
  const last = useRef({ atMs: 0, text: '' })

  useEffect(() => {
    if (index === undefined || text === undefined) return
    let gone = false
    const ask = (): void => {
      last.current = { atMs: Date.now(), text }
      index.ask(question, { ...JSON.parse(text), nowS: nowS() } as Asked<Q>).then(
        (found) => {
          if (!gone) setAnswer(() => found)
        },
        // A question that cannot be answered is a fault of the app: it goes where faults are seen.
        (error: unknown) => reportError(error),
      )
    }
    const waitMs = last.current.text === text && !progress.known ? last.current.atMs + everyMs - Date.now() : 0
    const timer = setTimeout(ask, Math.max(0, waitMs))
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [index, question, text, progress.version, progress.known, everyMs])
  return answer
}
