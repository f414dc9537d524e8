import { useEffect, useState } from 'react'

/** How long a page that is never quiet is waited for, ms. */
const mostMs = 1_000

/** True from the first quiet moment after what is here now was drawn; at last also without. */
export const useQuiet = (): boolean => {
  const [quiet, setQuiet] = useState(false)
  useEffect(() => {
    const now = (): void => setQuiet(true)
    // Safari does not tell when it is quiet.
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(now, 0)
      return () => clearTimeout(timer)
    }
    // What was drawn last is on the screen with the second frame.
    let asked = 0
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        asked = requestIdleCallback(now, { timeout: mostMs })
      })
    })
    // A page in the background draws no frames.
    const late = setTimeout(now, 2 * mostMs)
    return () => {
      cancelAnimationFrame(frame)
      cancelIdleCallback(asked)
      clearTimeout(late)
    }
  }, [])
  return quiet
}
