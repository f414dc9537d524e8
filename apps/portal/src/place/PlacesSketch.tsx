import type { MapModel, MapState } from '@werenode/map'
import { createPlaceSketch, type PlaceSketch } from '@werenode/map/sketch'
import { openDataAttribution } from '@werenode/map/style'
import { useEffect, useRef } from 'react'
import { Icon } from '../look/Icon'
import { useNode } from '../look/useNode'
import { useTheme } from '../look/useTheme'
import { useWords } from '../words/useWords'
import type { MapBeginning } from './useMapStart'

/** The places upon the drawn land, for a device that is slow to draw maps, and the button that has it drawn all the same. */
export const PlacesSketch = ({ model, state, start }: { model: MapModel; state: MapState; start: MapBeginning }) => {
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<PlaceSketch>(undefined)
  const theme = useTheme()
  const first = useRef(theme)
  const node = useNode()
  const { t, locale } = useWords()
  const want = useRef(start.want)
  want.current = start.want

  useEffect(() => {
    const sketch = createPlaceSketch({
      ...{ container: box.current!, model, theme: first.current, tilesFrom: node, label: t('map.title'), locale },
      onMapWanted: (to) => want.current(to),
    })
    drawn.current = sketch
    return () => sketch.remove()
  }, [model, node, t, locale])
  useEffect(() => {
    if (first.current === theme) return
    first.current = theme
    drawn.current?.setTheme(theme)
  }, [theme])

  const credits = [
    'Natural Earth',
    ...(state.places.some(({ source }) => source === 'irve') ? [openDataAttribution] : []),
  ]
  return (
    <div ref={box} className="wn-map__places">
      {start.failed ? null : (
        <div className="wn-map__start">
          <button
            type="button"
            className="wn-button wn-button--solid"
            aria-disabled={start.begun}
            aria-describedby="wn-map-slow"
            onClick={() => start.want()}
          >
            <Icon name="map" size={18} />
            {t('map.start')}
          </button>
          <p id="wn-map-slow" role="status">
            {t(start.begun ? 'map.starting' : 'map.slow')}
          </p>
        </div>
      )}
      <p className="wn-map__credits">{credits.join(' · ')}</p>
    </div>
  )
}
