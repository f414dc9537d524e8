import { useEffect, useState } from 'react'

/** How long a page that is never quiet, or never begins, is waited for, ms. */
const mostMs = { busy: 1_000, notBegun: 3_000 } as const

/** True from the first quiet moment of the page after `begun`; at last also without. */
export const useQuiet = (begun: boolean): boolean => {
  const [quiet, setQuiet] = useState(false)
  useEffect(() => {
    if (quiet) return
    const now = (): void => setQuiet(true)
    // Safari does not tell when it is quiet.
    if (!begun || typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(now, begun ? 0 : mostMs.notBegun)
      return () => clearTimeout(timer)
    }
    // What was drawn last is on the screen with the second frame.
    let asked = 0
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        asked = requestIdleCallback(now, { timeout: mostMs.busy })
      })
    })
    return () => {
      cancelAnimationFrame(frame)
      cancelIdleCallback(asked)
    }
  }, [begun, quiet])
  return quiet
}
