import type { MapModel } from '@werenode/map'
import { createRoot } from 'react-dom/client'
import MapView from '../src/find/MapView'
import { LookProvider } from '../src/look/theme'

const choice = { theme: 'light', highContrast: false, reducedMotion: true, haptics: false } as const

/** Puts this app's map into a page, for the behaviours every map has (`npm run proof -- map`). Returns what takes it away. */
export const mountMap = (container: HTMLElement, model: MapModel): (() => void) => {
  const root = createRoot(container)
  root.render(
    <LookProvider choice={choice}>
      <MapView model={model} node={location.origin} label="Map" />
    </LookProvider>,
  )
  return () => root.unmount()
}
