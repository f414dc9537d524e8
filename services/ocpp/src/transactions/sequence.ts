/** Sequence numbers already seen, as ascending closed ranges: a transaction of thousands of events stays a few numbers. */
export type Seen = readonly (readonly [first: number, last: number])[]

export const hasSeen = (seen: Seen, number: number): boolean =>
  seen.some(([first, last]) => first <= number && number <= last)

export const withSeen = (seen: Seen, number: number): Seen => {
  if (hasSeen(seen, number)) return seen
  const sorted = [...seen, [number, number] as const].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [first, last] of sorted) {
    const previous = merged.at(-1)
    if (previous && first === previous[1] + 1) previous[1] = last
    else merged.push([first, last])
  }
  return merged
}

/** Whether every number up to the highest has come. */
export const isComplete = (seen: Seen): boolean => seen.length === 1 && seen[0]![0] === 0
