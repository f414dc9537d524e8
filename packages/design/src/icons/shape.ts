/** Path data of simple shapes, so that an icon's source reads like what it draws. All on a grid of 24 x 24. */

/** At most two decimals: icons need no more and stay small. */
const n = (value: number): string => String(Math.round(value * 100) / 100)

export const circle = (x: number, y: number, radius: number): string =>
  `M${n(x - radius)} ${n(y)}a${n(radius)} ${n(radius)} 0 1 0 ${n(2 * radius)} 0a${n(radius)} ${n(radius)} 0 1 0 ${n(-2 * radius)} 0Z`

export const dots = (radius: number, ...points: readonly (readonly [x: number, y: number])[]): string =>
  points.map(([x, y]) => circle(x, y, radius)).join('')

export const box = (x: number, y: number, width: number, height: number, radius = 0): string =>
  radius === 0
    ? `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}Z`
    : `M${n(x + radius)} ${n(y)}h${n(width - 2 * radius)}a${n(radius)} ${n(radius)} 0 0 1 ${n(radius)} ${n(radius)}v${n(height - 2 * radius)}` +
      `a${n(radius)} ${n(radius)} 0 0 1 ${n(-radius)} ${n(radius)}h${n(2 * radius - width)}a${n(radius)} ${n(radius)} 0 0 1 ${n(-radius)} ${n(-radius)}` +
      `v${n(2 * radius - height)}a${n(radius)} ${n(radius)} 0 0 1 ${n(radius)} ${n(-radius)}Z`

export const polygon = (points: readonly (readonly [x: number, y: number])[]): string =>
  `${points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('')}Z`

/** Points around (12, 12); the first angle in degrees, 0 to the right, clockwise. */
export const around = (count: number, radius: number, firstDegrees: number): readonly (readonly [number, number])[] =>
  Array.from({ length: count }, (_, index) => {
    const angle = ((firstDegrees + (index * 360) / count) * Math.PI) / 180
    return [12 + radius * Math.cos(angle), 12 + radius * Math.sin(angle)] as const
  })

/** Two rings of points taken in turns: a star, a cog. */
export const alternate = (
  outer: readonly (readonly [number, number])[],
  inner: readonly (readonly [number, number])[],
): string => polygon(outer.flatMap((point, index) => [point, inner[index] ?? point]))

export const rays = (count: number, from: number, to: number, firstDegrees = -90): string => {
  const outer = around(count, to, firstDegrees)
  return around(count, from, firstDegrees)
    .map(([x, y], index) => {
      const [endX, endY] = outer[index] ?? [x, y]
      return `M${n(x)} ${n(y)}L${n(endX)} ${n(endY)}`
    })
    .join('')
}
