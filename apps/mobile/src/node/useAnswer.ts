import { useCallback, useEffect, useRef, useState } from 'react'

export interface Answer<T> {
  readonly value: T | undefined
  readonly problem: unknown
  readonly loading: boolean
  readonly again: () => void
}

/** Asks when `key` changes, and again on request; an answer that comes too late is not taken. */
export const useAnswer = <T>(key: string | undefined, ask: () => Promise<T>): Answer<T> => {
  const [state, setState] = useState<{ key?: string; value?: T; problem?: unknown; loading: boolean }>({
    loading: key !== undefined,
  })
  const [turn, setTurn] = useState(0)
  const asking = useRef(ask)
  asking.current = ask
  // Another turn is another question
  useEffect(() => {
    if (key === undefined) return
    let over = false
    setState((before) => (before.key === key ? { ...before, loading: true } : { key, loading: true }))
    asking
      .current()
      .then((value) => !over && setState({ key, value, loading: false }))
      .catch((problem: unknown) => !over && setState((before) => ({ ...before, key, problem, loading: false })))
    return () => {
      over = true
    }
  }, [key, turn])
  const again = useCallback(() => setTurn((before) => before + 1), [])
  return { value: state.value, problem: state.problem, loading: state.loading, again }
}
