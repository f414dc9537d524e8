import type { MapModel } from '@werenode/map'
import { createRoot } from 'react-dom/client'
import { DrawnMap } from '../src/ui/DrawnMap.tsx'
import '../src/ui/style.css'

/** Puts this app's map into a page, for the behaviours every map has (`npm run proof -- map`). Returns what takes it away. */
export const mountMap = (container: HTMLElement, model: MapModel): (() => void) => {
  const root = createRoot(container)
  container.className = 'plugs__map'
  root.render(<DrawnMap model={model} points={undefined} label="Map" />)
  return () => root.unmount()
}
