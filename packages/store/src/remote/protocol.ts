/**
 * The store port over a socket: one JSON object a line, requests `{ n, verb, args }`, answers `{ n, ok }` or `{ n, error }`. For
 * processes of one host that share a SQLite file through the process that owns it; never for a network.
 */
export const verbs = ['define', 'write', 'get', 'getMany', 'find', 'count', 'near', 'box', 'text', 'range'] as const
export type Verb = (typeof verbs)[number]

export interface Ask {
  readonly n: number
  readonly verb: Verb
  readonly args: readonly unknown[]
}
export interface Answer {
  readonly n: number
  readonly ok?: unknown
  readonly error?: { code: string; message: string; hint?: string; data: Record<string, unknown> }
}

/** Calls `take` with each whole line, whatever pieces it came in. */
export const lines = (take: (line: string) => void): ((chunk: string) => void) => {
  let rest = ''
  return (chunk) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) take(part)
  }
}
