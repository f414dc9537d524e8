import type { View } from '@werenode/map'
import Land from '@werenode/map/base/land.svg'
import { sketchOf } from '@werenode/map/style'

/** The land as the map will show it, in the colours of the page: stands there from the first moment until the map itself is drawn. */
export const LandSketch = ({ view }: { view: View }) => {
  const place = sketchOf(view)
  if (place === undefined) return null
  const { x, y, scale } = place
  return (
    <div className="wn-map__sketch" aria-hidden="true">
      <Land style={{ transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) scale(${scale.toFixed(3)})` }} />
    </div>
  )
}
