import 'maplibre-gl/dist/maplibre-gl.css'
import { createEvseMap, type EvseMap } from '@werenode/map/web'
import { createElement, useEffect, useRef } from 'react'
import { appFiles } from '../device/node-address'
import { useMotion, useTheme } from '../look/theme'
import type { MapViewProps } from './map-view-props'

/** The shared map in a browser. */
export default function MapView({ model, node, label, to, onReady, onFailed }: MapViewProps) {
  const theme = useTheme()
  const motion = useMotion()
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<EvseMap>(undefined)
  const themeName = useRef(theme.name)
  const told = useRef({ onReady, onFailed })
  told.current = { onReady, onFailed }

  useEffect(() => {
    const container = box.current
    if (!container) return
    let made: EvseMap
    try {
      made = createEvseMap({
        container,
        model,
        theme: themeName.current,
        workerUrl: `${appFiles(node)}/map/maplibre-gl-worker.mjs`,
        base: { archiveUrl: `${appFiles(node)}/map/europe.pmtiles` },
        tilesFrom: node,
        label,
        reducedMotion: motion.travel === 0,
      })
    } catch {
      // No WebGL on this device: the list holds the same places.
      told.current.onFailed?.()
      return
    }
    map.current = made
    const spoken = made
    void made.idle.then(() => {
      if (map.current !== spoken) return
      container.setAttribute('data-ready', 'true')
      told.current.onReady?.()
    })
    return () => {
      map.current = undefined
      made.remove()
    }
  }, [model, node, label, motion.travel])

  useEffect(() => {
    if (themeName.current === theme.name) return
    themeName.current = theme.name
    void map.current?.setTheme(theme.name)
  }, [theme.name])

  useEffect(() => {
    if (to) map.current?.flyTo(to)
  }, [to])

  return createElement('div', {
    ref: box,
    'data-testid': 'map',
    style: { position: 'absolute', inset: 0, background: theme.map.water },
  })
}
