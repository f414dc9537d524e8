import { useMemo } from 'react'
import { failure, success, tap } from '../device/haptics'
import { useTouch } from './theme'

export interface Feel {
  /** Something was touched. */
  readonly tap: () => void
  readonly success: () => void
  readonly failure: () => void
}

const nothing = (): void => undefined

/**
 * What the finger feels, as the person chose: nothing where touch is off, and with reduced motion only what carries a meaning (it was done,
 * it failed).
 */
export const useFeel = (): Feel => {
  const touch = useTouch()
  return useMemo(
    () => ({
      tap: touch === 'all' ? tap : nothing,
      success: touch === 'none' ? nothing : success,
      failure: touch === 'none' ? nothing : failure,
    }),
    [touch],
  )
}
