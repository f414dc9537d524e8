export interface Reached {
  readonly found: number
  readonly reached: number
}

export interface FileCoverage {
  readonly name: string
  readonly lines: Reached
  readonly branches: Reached
  /** What was not reached: `line 12`, `branch at 12`. */
  readonly missed: readonly string[]
}

/** Reads the files of src/ from an lcov report. */
export const readLcov = (text: string): readonly FileCoverage[] =>
  text
    .split('end_of_record')
    .map(fileOf)
    .filter((file): file is FileCoverage => file?.name.startsWith('src/') === true)
    .sort((a, b) => (a.name < b.name ? -1 : 1))

const fileOf = (record: string): FileCoverage | undefined => {
  const name = /^SF:(.*)$/m.exec(record)?.[1]
  if (name === undefined) return undefined
  const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, hits]) => ({ line, hit: Number(hits) > 0 }))
  const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(.+)$/gm)].map(([, line, hits]) => ({
    line,
    hit: Number(hits) > 0,
  }))
  return {
    name,
    lines: { found: lines.length, reached: lines.filter(({ hit }) => hit).length },
    branches: { found: branches.length, reached: branches.filter(({ hit }) => hit).length },
    missed: [
      ...lines.filter(({ hit }) => !hit).map(({ line }) => `line ${line}`),
      ...branches.filter(({ hit }) => !hit).map(({ line }) => `branch at ${line}`),
    ],
  }
}

export const totals = (files: readonly FileCoverage[]): { readonly lines: Reached; readonly branches: Reached } => {
  const add = (a: Reached, b: Reached): Reached => ({ found: a.found + b.found, reached: a.reached + b.reached })
  const none = { found: 0, reached: 0 }
  return {
    lines: files.map(({ lines }) => lines).reduce(add, none),
    branches: files.map(({ branches }) => branches).reduce(add, none),
  }
}

/** docs/contracts/coverage.md. */
export const coveragePage = (files: readonly FileCoverage[]): string => {
  const share = ({ found, reached }: Reached): string =>
    found === 0 ? '-' : `${reached} of ${found} (${((100 * reached) / found).toFixed(1)} %)`
  const all = totals(files)
  return [
    '# What the tests reach',
    '',
    'Lines and branches of `contracts/src/` reached by the unit and fuzz tests. Written by `node tools/coverage.ts` in `contracts/`. That a line',
    'is reached does not say that a test would notice its fault; [mutation](mutation.md) does.',
    '',
    '| file | lines | branches | not reached |',
    '|---|---|---|---|',
    ...files.map(
      ({ name, lines, branches, missed }) =>
        `| ${name} | ${share(lines)} | ${share(branches)} | ${missed.join(', ') || '-'} |`,
    ),
    `| **all** | ${share(all.lines)} | ${share(all.branches)} | |`,
    '',
  ].join('\n')
}
