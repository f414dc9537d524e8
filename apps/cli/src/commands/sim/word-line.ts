/** Takes keys for itself from a `:` to the end of the line. */
export interface WordLine {
  /** Whether the key was one of its own. */
  take(text: string | undefined, name: string | undefined): boolean
}

export const createWordLine = ({
  show,
  run,
  failed,
}: {
  /** What stands on the line so far. */
  show: (text: string) => void
  run: (line: string) => void | Promise<void>
  failed: (error: unknown) => void
}): WordLine => {
  let line: string | undefined
  return {
    take: (text, name) => {
      if (line === undefined) {
        if (text !== ':') return false
        line = ''
      } else if (name === 'return' || name === 'enter') {
        const said = line.trim()
        line = undefined
        if (said !== '') void (async () => run(said))().catch(failed)
        return true
      } else if (name === 'escape') {
        line = undefined
        show('')
        return true
      } else if (name === 'backspace') line = line.slice(0, -1)
      else if (text !== undefined && !/\p{Cc}/u.test(text)) line += text
      show(line)
      return true
    },
  }
}
