import { type Judged, meetsBars, percent, score } from './score.ts'

/** docs/contracts/mutation.md from a whole run. */
export const mutationPage = (judged: readonly Judged[]): string => {
  const kinds = [...new Set(judged.map(({ mutant }) => mutant.kind))].sort()
  const of = (verdict: string, part: readonly Judged[]) => part.filter((one) => one.verdict === verdict).length
  const row = (name: string, part: readonly Judged[]): string => {
    const { killed, counted } = score(part)
    const equivalent = part.filter(({ verdict, reason }) => verdict === 'survived' && reason !== undefined).length
    const cells = [part.length, of('stillborn', part), of('same', part), equivalent, counted, killed]
    return `| ${name} | ${cells.join(' | ')} | ${percent({ killed, counted }).toFixed(1)} % |`
  }
  const survivors = judged.filter(({ verdict }) => verdict === 'survived')
  const open = survivors.filter(({ reason }) => reason === undefined)
  return [
    '# Does a test notice every change?',
    '',
    'From the syntax tree of `contracts/src/`, every guard, comparison, arithmetic or logic operator, state write, event and line',
    'of assembly is changed or removed, one at a time, and the unit, fuzz and invariant tests run against each changed contract.',
    'Written by `node tools/mutate.ts --long` in `contracts/`; `node tools/mutate.ts` judges a sample of ten, another one each day.',
    '',
    `Bars: every guard, and 95 % of all. ${meetsBars(judged) ? 'Both are met.' : 'They are not met.'}`,
    '',
    '| kind | mutants | do not compile | same code | equivalent | counted | killed | score |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...kinds.map((kind) =>
      row(
        kind,
        judged.filter(({ mutant }) => mutant.kind === kind),
      ),
    ),
    row('**all**', judged),
    '',
    '"Same code": the optimizer makes the same bytecode of it. "Equivalent": it survives, changes nothing anyone can observe, and',
    'has its reason below (`contracts/tools/mutation/equivalents.json`).',
    '',
    '## Equivalent',
    '',
    ...(survivors.length === open.length ? ['None.'] : []),
    ...survivors
      .filter(({ reason }) => reason !== undefined)
      .map(({ mutant, reason }) => `- \`${mutant.id.replace(/^src\//, '')}\`: ${reason}`),
    '',
    '## Survivors without a reason',
    '',
    ...(open.length === 0 ? ['None.'] : open.map(({ mutant }) => `- \`${mutant.id.replace(/^src\//, '')}\``)),
    '',
  ].join('\n')
}
