import { markerSvg } from '@werenode/design/plug'
import { type Theme, type ThemeName, themes } from '@werenode/design/tokens'
import { placeStatuses } from '../../src/style/index.ts'
import type { Mark, PlaceProperties } from './marks.ts'

const svgName = 'http://www.w3.org/2000/svg'

/** An element of SVG. Presentation attributes only: a strict policy lets no inline style through. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Node | string)[]
): SVGElement => {
  const made = document.createElementNS(svgName, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  made.append(...children)
  return made
}

type Status = (typeof placeStatuses)[number]

/** As the map's own markers: free, taken, or nobody knows. */
export const statusOf = ({ status, available, payable }: PlaceProperties): Status => {
  const told = placeStatuses.find((name) => name === status)
  return told ?? (available > 0 ? 'available' : payable ? 'occupied' : 'unlisted')
}

/** Of four values the one of its power's class, as the map sizes them. */
const byPower = (maxPowerW: number, sizes: readonly [number, number, number, number]): number =>
  sizes[[7_401, 22_001, 150_000].filter((from) => maxPowerW >= from).length]!

/** Between the values of two zooms. */
const byZoom = (zoom: number, far: number, near: number): number =>
  far + (near - far) * Math.max(0, Math.min(1, (zoom - 6) / 8))

/** By how many plugs stand behind it, px. */
const radiusOf = (evses: number): number => {
  const steps = [
    [1, 12],
    [4, 16],
    [7, 24],
    [10, 34],
  ] as const
  const size = Math.log(Math.max(Math.E, evses))
  const next = steps.findIndex(([at]) => size < at)
  if (next === -1) return 34
  const [[from, least], [to, most]] = [steps[Math.max(0, next - 1)]!, steps[next]!]
  return to === from ? least : least + ((most - least) * (size - from)) / (to - from)
}

/** The marks of a theme, each drawn once and copied from then on. */
export const pencil = (name: ThemeName, numbers: Intl.NumberFormat) => {
  const theme: Theme = themes[name]
  const { accent, unlisted, map, line } = theme
  const pins = new Map<Status, SVGElement>()
  const pin = (status: Status): SVGElement => {
    const known = pins.get(status)
    if (known) return known.cloneNode(true) as SVGElement
    const { documentElement } = new DOMParser().parseFromString(markerSvg(status, { theme: name }), 'image/svg+xml')
    const made = document.importNode(documentElement, true) as unknown as SVGElement
    pins.set(status, made)
    return made.cloneNode(true) as SVGElement
  }

  const cluster = ({ x, y, of: { evses, available } }: Mark): SVGElement => {
    const tone = available > 0 ? accent : unlisted
    return element(
      'g',
      { class: 'wn-sketch__cluster', 'data-evses': evses },
      element('circle', {
        ...{ cx: x.toFixed(1), cy: y.toFixed(1), r: radiusOf(evses).toFixed(1) },
        ...{ fill: tone.solid, stroke: map.halo, 'stroke-width': 2 },
      }),
      element(
        'text',
        {
          ...{ x: x.toFixed(1), y: y.toFixed(1), fill: tone.onSolid, 'font-size': 12, 'font-weight': 700 },
          ...{ 'text-anchor': 'middle', 'dominant-baseline': 'central' },
        },
        numbers.format(evses),
      ),
    )
  }

  const place = ({ x, y, of }: Mark, zoom: number): SVGElement => {
    const status = statusOf(of)
    const { id = '', name: title = '', maxPowerW, available, evses } = of
    const isUsable = of.payable || available > 0
    const radius = byZoom(zoom, byPower(maxPowerW, [2.5, 3, 3.5, 4]), byPower(maxPowerW, [4.5, 5.5, 7, 8.5]))
    const picture = isUsable
      ? pin(status)
      : element('circle', {
          ...{ cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1) },
          ...{ fill: unlisted.solid, stroke: map.halo, 'stroke-width': 1.2 },
        })
    if (isUsable) {
      const side = 30 * byPower(maxPowerW, [0.62, 0.76, 0.9, 1])
      const at = { x: x - side / 2, y: y - side / 2, width: side, height: side }
      for (const [key, value] of Object.entries(at)) picture.setAttribute(key, value.toFixed(1))
    }
    // A finger is larger than a dot.
    const reach = element('circle', {
      cx: x.toFixed(1),
      cy: y.toFixed(1),
      r: 12,
      fill: 'none',
      'pointer-events': 'all',
    })
    const words = element('title', {}, available > 0 ? `${title} · ${available}/${evses}` : title)
    return element(
      'g',
      { class: 'wn-sketch__place', 'data-id': id, 'data-evses': evses, 'data-status': status },
      words,
      picture,
      reach,
    )
  }

  return {
    draw: (mark: Mark, zoom: number): SVGElement => (mark.of.id === undefined ? cluster(mark) : place(mark, zoom)),
    ring: ({ x, y }: { readonly x: number; readonly y: number }): SVGElement =>
      element('circle', {
        ...{ cx: x.toFixed(1), cy: y.toFixed(1), r: 17, fill: 'none', stroke: line.focus, 'stroke-width': 3 },
        'pointer-events': 'none',
      }),
  }
}
