import type { Party, PlugView } from '@werenode/core'
import type { PlugEvent, Werenode } from '@werenode/sdk'
import { useCallback, useEffect, useState } from 'react'

export interface OwnPlugs {
  readonly plugs: readonly PlugView[]
  readonly loaded: boolean
  readonly error?: unknown
  reload(): Promise<void>
}

/** A party's smart plugs as they are now: read once, then what each tells as it comes. */
export const useOwnPlugs = (werenode: Werenode, party: Party): OwnPlugs => {
  const [plugs, setPlugs] = useState<readonly PlugView[]>([])
  const [loaded, setLoaded] = useState(false)
  const [error, setError] = useState<unknown>()
  const reload = useCallback(async (): Promise<void> => {
    try {
      setPlugs((await werenode.operator(party).plugs()).items)
      setError(undefined)
    } catch (problem) {
      setError(problem)
    } finally {
      setLoaded(true)
    }
  }, [werenode, party])
  useEffect(() => {
    void reload()
    const ending = new AbortController()
    const follow = async (): Promise<void> => {
      for await (const event of werenode.operator(party).plugEvents({ signal: ending.signal }))
        if (!ending.signal.aborted) setPlugs((before) => before.map((plug) => toldOf(plug, event)))
    }
    // Without the stream the table still shows what was read; a reload tells why.
    follow().catch(() => undefined)
    return () => ending.abort()
  }, [werenode, party, reload])
  return { plugs, loaded, reload, ...(error === undefined ? {} : { error }) }
}

const toldOf = (plug: PlugView, { type, at, data }: PlugEvent): PlugView => {
  if (data.stationId !== plug.plugId) return plug
  const { live } = plug
  if (type === 'station.connected' || type === 'station.disconnected')
    return { ...plug, live: { ...live, online: type === 'station.connected' } }
  if (type !== 'station.reading') return plug
  const { registerWh, powerW } = data
  return {
    ...plug,
    live: { ...live, online: true, heardAt: at, registerWh, ...(powerW === undefined ? {} : { powerW }) },
  }
}
