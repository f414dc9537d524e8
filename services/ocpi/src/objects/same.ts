/** Whether two objects say the same, whenever they were last touched. Absent and undefined are one. */
export const sameButForTime = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameButForTime(item, b[i]))
    )
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  for (const key in left) if (key !== 'last_updated' && !sameButForTime(left[key], right[key])) return false
  for (const key in right)
    if (key !== 'last_updated' && right[key] !== undefined && left[key] === undefined) return false
  return true
}
