type Told = Readonly<Record<string, unknown>>

/** What stations told, for whoever waits for one thing after the other: nothing told in between is missed. */
export const createListening = () => {
  let unheard: Told[] = []
  let wake = (): void => undefined

  return {
    hear: (told: Told): void => {
      unheard.push(told)
      wake()
    },
    /** The first from here on for which `holds`; what came before it is forgotten. Undefined when the time is over. */
    next: async (holds: (told: Told) => boolean, withinMs: number): Promise<Told | undefined> => {
      for (const deadline = Date.now() + withinMs; ; ) {
        const place = unheard.findIndex(holds)
        if (place >= 0) {
          const found = unheard[place]
          unheard = unheard.slice(place + 1)
          return found
        }
        const left = deadline - Date.now()
        if (left <= 0) return undefined
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
  }
}
