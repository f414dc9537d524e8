/** Lower case without accents: how words are compared. */
export const plainWord = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

export const wordsOf = (text: string): readonly string[] => plainWord(text).match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * The word of the vocabulary that somebody most likely meant: one slip away (two in long words), where a slip is a letter wrong, missing,
 * too much or two in the wrong order; of several the nearest, then the most frequent. Undefined when none is near.
 */
export const nearestWord = (word: string, vocabulary: ReadonlyMap<string, number>): string | undefined => {
  const most = word.length >= 7 ? 2 : word.length >= 4 ? 1 : 0
  let best: { word: string; slips: number; count: number } | undefined
  for (const [known, count] of vocabulary) {
    if (Math.abs(known.length - word.length) > most) continue
    const slips = slipsBetween(word, known, best ? best.slips : most)
    if (slips === undefined) continue
    if (!best || slips < best.slips || (slips === best.slips && count > best.count))
      best = { word: known, slips, count }
  }
  return best?.word
}

/** Optimal string alignment distance, or undefined above `most`. */
export const slipsBetween = (a: string, b: string, most: number): number | undefined => {
  let older: number[] = []
  let old = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? older[j - 2]! + 1 : Number.POSITIVE_INFINITY
      const replaced = old[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(old[j]! + 1, row[j - 1]! + 1, replaced, swapped))
    }
    if (Math.min(...row) > most) return undefined
    older = old
    old = row
  }
  return old[b.length]! <= most ? old[b.length]! : undefined
}
