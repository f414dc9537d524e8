import type { ChartPoint } from './Chart'

/** At most `most` points: each the mean of those in its share of the time, so that peaks between are not invented. */
export const thinOut = (
  points: readonly ChartPoint[],
  from: number,
  to: number,
  most: number,
): readonly ChartPoint[] => {
  if (points.length <= most) return points
  const shareMs = Math.max(1, (to - from) / most)
  const shares = new Map<number, { sum: number; count: number }>()
  for (const { at, value } of points) {
    const share = Math.min(most - 1, Math.max(0, Math.floor((at - from) / shareMs)))
    const { sum, count } = shares.get(share) ?? { sum: 0, count: 0 }
    shares.set(share, { sum: sum + value, count: count + 1 })
  }
  return [...shares]
    .sort(([one], [other]) => one - other)
    .map(([share, { sum, count }]) => ({ at: from + (share + 0.5) * shareMs, value: sum / count }))
}
