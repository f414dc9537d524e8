/** What was wrong in one line of an import, and what became of it. */
export interface Finding {
  readonly line: number
  /** Id of the point or station, as it was written. */
  readonly id: string
  readonly what: FindingKind
  /** In a sentence, with the value that was found. */
  readonly words: string
  /** `skipped`: the line is not in the catalogue. `mended`: it is, with a value of ours. `noted`: taken as it is. */
  readonly fate: 'skipped' | 'mended' | 'noted'
}

export type FindingKind =
  | 'evse-id'
  | 'evse-twice'
  | 'evse-owned'
  | 'position'
  | 'position-swapped'
  | 'power'
  | 'connector'
  | 'station-id'
  | 'count'
  | 'commune'
  | 'date'
  | 'status'
  | 'unknown-evse'

export interface Findings {
  add(finding: Finding): void
  /** How often each kind occurred. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>
  /** The first `keep` of them, by line. */
  readonly list: readonly Finding[]
}

export const createFindings = (keep: number): Findings => {
  const counts: Partial<Record<FindingKind, number>> = {}
  const list: Finding[] = []
  return {
    counts,
    list,
    add(finding) {
      counts[finding.what] = (counts[finding.what] ?? 0) + 1
      if (list.length < keep) list.push({ ...finding, words: finding.words.slice(0, 200), id: finding.id.slice(0, 80) })
    },
  }
}
