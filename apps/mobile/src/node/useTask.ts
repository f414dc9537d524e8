import { useState } from 'react'
import { useFeel } from '../look/feel'

/** One thing the person asked for: whether it runs, and what went wrong with it. */
export const useTask = () => {
  const feel = useFeel()
  const [busy, setBusy] = useState<string>()
  const [problem, setProblem] = useState<unknown>()
  return {
    busy,
    problem,
    clear: () => setProblem(undefined),
    run: async (name: string, work: () => Promise<void>): Promise<void> => {
      if (busy !== undefined) return
      setBusy(name)
      setProblem(undefined)
      try {
        await work()
      } catch (error) {
        feel.failure()
        setProblem(error)
      } finally {
        setBusy(undefined)
      }
    },
  }
}
