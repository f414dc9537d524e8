import { useCallback, useEffect, useRef, useState } from 'react'
import type { Deployment } from '../chain/deployment.ts'
import { type IndexDoor, openIndex } from '../registry/index-worker.ts'
import { noProgress, type Progress } from '../registry/messages.ts'

/** Reads the network and follows it while the page is open. `tick` rises with each new head: something on chain may have changed. */
export const useIndex = (deployment: Deployment) => {
  const [progress, setProgress] = useState<Progress>(noProgress)
  const [index, setIndex] = useState<IndexDoor>()
  const [tick, setTick] = useState(0)
  const door = useRef<IndexDoor>(undefined)

  useEffect(() => {
    let head: bigint | undefined
    const opened = openIndex(deployment, (now) => {
      setProgress(now)
      if (now.known && now.head !== head) setTick((before) => before + 1)
      if (now.known) head = now.head
    })
    door.current = opened
    setIndex(opened)
    return () => opened.close()
  }, [deployment])

  const refresh = useCallback(() => {
    door.current?.look()
    setTick((before) => before + 1)
  }, [])
  return { progress, index, tick, refresh }
}
