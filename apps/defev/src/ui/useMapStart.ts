import { hasQuickGraphics, type MapStart, mapStart } from '@werenode/map/sketch'
import { useEffect, useRef, useState } from 'react'

/** For this visit too: who went to a plug and came back has the map again. */
let start: MapStart | undefined

export interface MapBeginning<To> {
  /** The map is being drawn, or is. */
  readonly begun: boolean
  /** The sketch stands for the map: nobody wanted one yet, or it has no land yet, or there is none to be had. */
  readonly sketched: boolean
  readonly failed: boolean
  /** Somebody wants the map, perhaps of a place of it. */
  want(to?: To): void
  ground(): void
  fail(): void
}

const startBox = '.plugs__start'

/** When the map begins: at once, or once somebody wants it, where drawing is slow. */
export const useMapStart = <To>(goTo: (to: To) => void): MapBeginning<To> => {
  start ??= mapStart({ keep: localStorage, isQuick: hasQuickGraphics })
  const known = start
  const [begun, setBegun] = useState<boolean>()
  const [grounded, setGrounded] = useState(false)
  const [failed, setFailed] = useState(false)
  const wanted = useRef<{ readonly byKeys: boolean }>(undefined)
  useEffect(() => {
    let gone = false
    void known.atOnce().then((atOnce) => gone || setBegun((before) => before ?? atOnce))
    return () => {
      gone = true
    }
  }, [known])
  return {
    begun: begun === true,
    sketched: failed || (begun !== undefined && !grounded && (!begun || wanted.current !== undefined)),
    failed,
    want(to) {
      if (begun !== false || failed) return
      wanted.current = { byKeys: document.activeElement?.closest(startBox) != null }
      if (to !== undefined) goTo(to)
      setBegun(true)
    },
    ground() {
      setGrounded(true)
      if (wanted.current === undefined) return
      known.chosen()
      // Whoever asked for the map at its button goes on there by keys.
      if (wanted.current.byKeys && document.activeElement?.closest(startBox) != null)
        document.querySelector<HTMLElement>('.maplibregl-canvas')?.focus()
    },
    fail: () => setFailed(true),
  }
}
