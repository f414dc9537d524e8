/** Does an MQTT filter match a topic (MQTT 3.1.1 §4.7)? */
export const matches = (filter: string, topic: string): boolean => {
  const wanted = filter.split('/')
  const levels = topic.split('/')
  // §4.7.2: a leading wildcard never matches topics of the broker itself.
  if (topic.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false
  for (const [index, part] of wanted.entries()) {
    if (part === '#') return true
    if (index >= levels.length || (part !== '+' && part !== levels[index])) return false
  }
  return wanted.length === levels.length
}

/** Is everything that `asked` matches also matched by `allowed`? */
export const covers = (allowed: string, asked: string): boolean => {
  const outer = allowed.split('/')
  const inner = asked.split('/')
  for (const [index, part] of outer.entries()) {
    if (part === '#') return true
    const other = inner[index]
    // `a/#` also matches `a` itself, so only another # covers it.
    if (other === undefined || other === '#') return false
    if (part !== '+' && part !== other) return false
  }
  return outer.length === inner.length
}

/** Could one topic match both filters? */
export const overlaps = (one: string, other: string): boolean => {
  const left = one.split('/')
  const right = other.split('/')
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const a = left[index]
    const b = right[index]
    if (a === '#' || b === '#') return true
    if (a === undefined || b === undefined) return (a ?? b) === '#'
    if (a !== '+' && b !== '+' && a !== b) return false
  }
  return true
}

export const hasWildcard = (filter: string): boolean => filter.includes('+') || filter.includes('#')
