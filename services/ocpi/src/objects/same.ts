/** JSON with its keys in order, so that two ways of writing one object compare equal. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/** Whether two objects say the same, whenever they were last touched. */
export const sameButForTime = (a: object, b: object): boolean => canonical(timeless(a)) === canonical(timeless(b))

const timeless = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(timeless)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'last_updated')
      .map(([key, part]) => [key, timeless(part)]),
  )
}
