import { useRef, useState } from 'react'
import { type Trouble, troubleOf } from '../wallet/trouble.ts'
import { useDesk } from './context.ts'

/** One thing at a time, with its trouble in words: a second press while it runs does nothing. */
export const useTask = () => {
  const { locale, refresh } = useDesk()
  const running = useRef(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const run = async (work: () => Promise<void>): Promise<void> => {
    if (running.current) return
    running.current = true
    setBusy(true)
    setTrouble(undefined)
    try {
      await work()
    } catch (error) {
      setTrouble(troubleOf(error, locale))
    } finally {
      running.current = false
      setBusy(false)
      refresh()
    }
  }
  return { busy, trouble, run, setTrouble }
}
