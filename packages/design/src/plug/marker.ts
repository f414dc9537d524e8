import { icons } from '../icons/names.ts'
import { isDashed, isHollow, markerShapes } from '../icons/status-shapes.ts'
import { escapeXml } from '../icons/svg.ts'
import { themes } from '../tokens/theme.ts'
import type { ThemeName } from '../tokens/theme-name.ts'
import type { PlugStatus } from './status.ts'
import { statusLooks } from './status.ts'

export interface MarkerOptions {
  readonly theme: ThemeName
  /** Side in pixels; 24 unless told. */
  readonly size?: number
  /** What it says to a screen reader; without it the marker is hidden from them. */
  readonly title?: string
}

/** A status marker as SVG text: shape, colour and glyph together, with a halo that lifts it off the map. For lists and `map.addImage`. */
export const markerSvg = (status: PlugStatus, { theme, size = 24, title }: MarkerOptions): string => {
  const look = statusLooks[status]
  const { [look.tone]: tone, map } = themes[theme]
  const hollow = isHollow(look.shape)
  const outline = markerShapes[look.shape]
  const glyph = icons[look.icon]
  const ink = hollow ? tone.solid : tone.onSolid
  const dash = isDashed(look.shape) ? ' stroke-dasharray="3.8 2.6"' : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 26 26" width="${size}" height="${size}" fill="none"`,
    title === undefined
      ? ' aria-hidden="true" focusable="false">'
      : ` role="img" aria-label="${escapeXml(title)}"><title>${escapeXml(title)}</title>`,
    `<path d="${outline}" fill="${map.halo}" stroke="${map.halo}" stroke-width="3" stroke-linejoin="round"/>`,
    hollow
      ? `<path d="${outline}" fill="${map.halo}" stroke="${tone.solid}" stroke-width="2.2"${dash}/>`
      : `<path d="${outline}" fill="${tone.solid}" stroke="${tone.solid}" stroke-width="1" stroke-linejoin="round"/>`,
    glyph.stroke === undefined
      ? ''
      : `<path d="${glyph.stroke}" stroke="${ink}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`,
    glyph.fill === undefined ? '' : `<path d="${glyph.fill}" fill="${ink}"/>`,
    '</svg>',
  ].join('')
}
