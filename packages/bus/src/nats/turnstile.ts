/** Lets at most so many through at the same time; the others wait in line. */
export const createTurnstile = (most: number): (<T>(run: () => Promise<T>) => Promise<T>) => {
  const line: (() => void)[] = []
  let inside = 0
  return async (run) => {
    if (inside >= most) await new Promise<void>((resolve) => line.push(resolve))
    else inside++
    try {
      return await run()
    } finally {
      // The place goes to the next in line, or is free.
      const next = line.shift()
      if (next === undefined) inside--
      else next()
    }
  }
}
