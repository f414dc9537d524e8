/** What an operation may cost at most, gas (chain.md). */
export const bars: Readonly<Record<string, number>> = {
  'open from credit': 120_000,
  // No operator's signature, but the offer in calldata and the plug's record in the registry.
  'open from credit by standing offer': 140_000,
  'open with authorization': 170_000,
  'settle co-signed': 90_000,
  "settle co-signed, the payee's first ever": 90_000,
  'settle, each of 30 credit-funded in a batch': 35_000,
  'settle, each of 30 wallet-funded in a batch': 60_000,
}

export type Figures = Readonly<Record<string, number>>

/** Sentences for every figure above its bar, and every bar without a figure. */
export const aboveBars = (figures: Figures): readonly string[] =>
  Object.entries(bars).flatMap(([name, bar]) => {
    const found = figures[name]
    if (found === undefined) return [`"${name}" has a bar but was not measured`]
    return found > bar ? [`"${name}" takes ${found} gas, above its bar of ${bar}`] : []
  })

/** Sentences for every figure that is not what was committed. */
export const changed = (committed: Figures, found: Figures): readonly string[] =>
  [...new Set([...Object.keys(committed), ...Object.keys(found)])].sort().flatMap((name) => {
    if (committed[name] === found[name]) return []
    return [`"${name}": ${committed[name] ?? 'not committed'} committed, ${found[name] ?? 'not measured'} measured`]
  })
