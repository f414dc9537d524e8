/**
 * Whether some object in a JSON text names a member twice. `JSON.parse` keeps the last silently; the message log looks for it,
 * because two readers of one message may otherwise believe two things. Expects valid JSON.
 */
export const hasDuplicateKeys = (text: string): boolean => {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '{') open.push(new Set())
    else if (sign === '[') open.push(undefined)
    else if (sign === '}' || sign === ']') open.pop()
    else if (sign === '"') {
      const start = at + 1
      for (at = start; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1
      const keys = open.at(-1)
      if (!keys || !isKey(text, at + 1)) continue
      const key = text.slice(start, at)
      if (keys.has(key)) return true
      keys.add(key)
    }
  }
  return false
}

const isKey = (text: string, from: number): boolean => {
  let at = from
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\t' || text[at] === '\r') at += 1
  return text[at] === ':'
}
