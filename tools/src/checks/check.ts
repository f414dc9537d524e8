/** One thing that must hold of the whole repository, fast enough to be asked all the time. */
export interface Check {
  readonly name: string
  /** Resolves with what is wrong, one finding per entry (empty: it holds), and what was looked at. */
  readonly run: () => Promise<{ readonly findings: readonly string[]; readonly looked: string }>
}
