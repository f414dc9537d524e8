import useDocusaurusContext from '@docusaurus/useDocusaurusContext'
import type { MapModel } from '@werenode/map'
import { createEvseMap, type EvseMap } from '@werenode/map/web'
import { useEffect, useRef, useState } from 'react'
import 'maplibre-gl/dist/maplibre-gl.css'
import { Trouble } from '../look/Trouble'
import { useNode } from '../look/useNode'
import { useTheme } from '../look/useTheme'
import { useWords } from '../words/useWords'

/** The drawn map. `onReady` hands it out, to fly and zoom by; `onGrounded` says that land is seen, `onFailed` that there is no map to be had. */
const MapCanvas = ({
  model,
  onReady,
  onGrounded,
  onFailed,
}: {
  model: MapModel
  onReady: (map: EvseMap | undefined) => void
  onGrounded: () => void
  onFailed: () => void
}) => {
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<EvseMap>(undefined)
  const theme = useTheme()
  const first = useRef(theme)
  const node = useNode()
  const { siteConfig } = useDocusaurusContext()
  const { mapStyleUrl, mapArchiveUrl } = siteConfig.customFields as { mapStyleUrl: string; mapArchiveUrl: string }
  const { t } = useWords()
  const [problem, setProblem] = useState<unknown>()

  useEffect(() => {
    let map: EvseMap
    try {
      map = createEvseMap({
        container: box.current!,
        model,
        theme: first.current,
        workerUrl: '/map/maplibre-gl-worker.mjs',
        base:
          mapStyleUrl === '' ? { archiveUrl: new URL(mapArchiveUrl, location.origin).href } : { styleUrl: mapStyleUrl },
        tilesFrom: node,
        label: t('map.title'),
        reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      })
    } catch (error) {
      // Without WebGL there is no map; the list beside it stands.
      setProblem(error)
      onFailed()
      return undefined
    }
    drawn.current = map
    onReady(map)
    void map.grounded.then(() => {
      box.current?.setAttribute('data-grounded', 'true')
      onGrounded()
    })
    void map.idle.then(() => box.current?.setAttribute('data-ready', 'true'))
    return () => {
      onReady(undefined)
      drawn.current = undefined
      map.remove()
    }
  }, [model])

  useEffect(() => {
    if (first.current === theme) return
    first.current = theme
    void drawn.current?.setTheme(theme)
  }, [theme])

  return (
    <div ref={box} className="wn-map__canvas" data-failed={problem === undefined ? undefined : true}>
      {problem === undefined ? null : <Trouble error={problem} />}
    </div>
  )
}
export default MapCanvas
