import { useCallback, useEffect, useRef, useState } from 'react'
import type { Reader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'
import { emptyIndex } from '../registry/fold.ts'
import { createFollower, type Progress } from '../registry/follow.ts'
import { openKeep } from '../registry/keep.ts'

/** How often the chain is asked for news, ms. */
const pollMs = 2_000

/** Reads the network and follows it while the page is open. */
export const useIndex = (reader: Reader, deployment: Deployment) => {
  const [progress, setProgress] = useState<Progress>({ index: emptyIndex(), block: 0n, head: 1n })
  const [away, setAway] = useState(false)
  const [tick, setTick] = useState(0)
  const soon = useRef<() => void>(() => undefined)

  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let wake = (): void => undefined
    const run = async (): Promise<void> => {
      const { chainId, evseRegistry } = deployment.addresses
      const keep = await openKeep(chainId, evseRegistry)
      let last: bigint | undefined
      const follower = createFollower({
        ...{ reader, deployment, keep },
        onProgress: (now) => {
          if (!gone) setProgress({ ...now })
        },
      })
      while (!gone) {
        try {
          await follower.catchUp()
          const head = await reader.getBlockNumber()
          if (head !== last && !gone) setTick((before) => before + 1)
          last = head
          setAway(false)
        } catch {
          // No node answers: said at the top of the page, tried again in a moment.
          setAway(true)
        }
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, pollMs)
        })
      }
    }
    soon.current = () => {
      clearTimeout(timer)
      wake()
      setTick((before) => before + 1)
    }
    void run()
    return () => {
      gone = true
      clearTimeout(timer)
      wake()
    }
  }, [reader, deployment])

  const refresh = useCallback(() => soon.current(), [])
  return { progress, away, tick, refresh }
}
