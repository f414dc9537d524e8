import { addressOf, type View } from '@werenode/map'
import { hasQuickGraphics, mapStart } from '@werenode/map/sketch'
import type { EvseMap } from '@werenode/map/web'
import { useEffect, useRef, useState } from 'react'

export interface MapBeginning {
  /** The map is being drawn, or is. */
  readonly begun: boolean
  /** The sketch with its places stands for the map: nobody wanted one yet, or it has no land yet, or there is none to be had. */
  readonly sketched: boolean
  readonly grounded: boolean
  readonly failed: boolean
  /** Somebody wants the map, perhaps of a place of it. */
  want(to?: View): void
  ground(): void
  fail(): void
}

const startBox = '.wn-map__start'

/** When the map begins: by itself from the page's first quiet moment (`quiet`), or once somebody wants it, where drawing is slow. */
export const useMapStart = (quiet: boolean, map: EvseMap | undefined): MapBeginning => {
  const [start] = useState(() =>
    mapStart({ keep: localStorage, from: addressOf(location.search).view, isQuick: hasQuickGraphics }),
  )
  /** Undefined: not yet known. */
  const [begun, setBegun] = useState<boolean>()
  const [grounded, setGrounded] = useState(false)
  const [failed, setFailed] = useState(false)
  const wanted = useRef<{ readonly to?: View | undefined; readonly byKeys: boolean }>(undefined)

  useEffect(() => {
    let gone = false
    if (quiet) void start.atOnce().then((atOnce) => gone || setBegun((before) => before ?? atOnce))
    return () => {
      gone = true
    }
  }, [quiet, start])
  useEffect(() => {
    const to = wanted.current?.to
    if (map && to) map.flyTo(to)
  }, [map])

  return {
    begun: begun === true,
    sketched: failed || (begun !== undefined && !grounded && (!begun || wanted.current !== undefined)),
    grounded,
    failed,
    want(to) {
      if (begun !== false || failed) return
      wanted.current = { to, byKeys: document.activeElement?.closest(startBox) != null }
      setBegun(true)
    },
    ground() {
      setGrounded(true)
      if (wanted.current === undefined) return
      start.chosen()
      // Whoever asked for the map at its button goes on there by keys.
      if (wanted.current.byKeys && document.activeElement?.closest(startBox) != null)
        document.querySelector<HTMLElement>('.maplibregl-canvas')?.focus()
    },
    fail: () => setFailed(true),
  }
}
