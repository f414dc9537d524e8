import { describe, expect, test } from 'vitest'
import { iconNames, icons, svg } from './index.ts'

/** Draws a path with a pen that only notes where it lands: enough to see that nothing leaves the grid. */
const landings = (path: string): readonly (readonly [number, number])[] => {
  const points: (readonly [number, number])[] = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  for (const [, command = '', rest = ''] of path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = Array.from(rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g), ([text]) => Number(text))
    const lower = command.toLowerCase()
    const [baseX, baseY] = [() => (command === lower ? x : 0), () => (command === lower ? y : 0)]
    const size = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, a: 7, z: 0 }[lower]
    if (size === undefined) throw new Error(`unexpected path command ${command}`)
    if (lower === 'z') [x, y] = [startX, startY]
    if (size > 0 && (numbers.length === 0 || numbers.length % size !== 0))
      throw new Error(`odd numbers in ${command}${rest}`)
    for (let index = 0; size > 0 && index < numbers.length; index += size) {
      const part = numbers.slice(index, index + size) as [number, ...number[]]
      const end = part.slice(-2) as [number, number]
      if (lower === 'h') x = baseX() + part[0]
      else if (lower === 'v') y = baseY() + part[0]
      else [x, y] = [baseX() + end[0], baseY() + end[1]]
      if (lower === 'm' && index === 0) [startX, startY] = [x, y]
      points.push([x, y])
    }
  }
  return points
}

describe('icons', () => {
  test.each(iconNames)('%s is drawn, and inside the grid', (name) => {
    const { stroke = '', fill = '' } = icons[name]
    const points = landings(stroke + fill)
    expect(points.length).toBeGreaterThan(1)
    for (const [x, y] of points) {
      expect(x, name).toBeGreaterThanOrEqual(1)
      expect(x, name).toBeLessThanOrEqual(23)
      expect(y, name).toBeGreaterThanOrEqual(1)
      expect(y, name).toBeLessThanOrEqual(23)
    }
  })

  test('no two look the same', () => {
    const drawings = iconNames.map((name) => JSON.stringify(icons[name]))
    expect(new Set(drawings).size).toBe(drawings.length)
  })

  test('an icon with a title speaks, one without is hidden from screen readers', () => {
    expect(svg('bolt')).toContain('aria-hidden="true"')
    expect(svg('bolt', { title: 'Charging' })).toContain('role="img" aria-label="Charging"><title>Charging</title>')
  })

  test('words from outside cannot break out of the drawing', () => {
    const hostile = svg('bolt', { title: '"><script>x</script>', colour: '"/><b>', className: '" onload="x' })
    expect(hostile).not.toMatch(/<script|<b>|onload="x/)
  })
})
