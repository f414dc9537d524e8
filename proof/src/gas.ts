import { readFileSync } from 'node:fs'
import { root } from '../../contracts/tools/compile.ts'
import { forgePath } from '../../contracts/tools/forge.ts'
import { bars } from '../../contracts/tools/gas/bars.ts'
import { runNode } from '../../contracts/tools/run-node.ts'
import { atMost, EquipmentMissing, equals, type Proof, told } from './figures.ts'

/** What each operation takes as a transaction of its own, against its bar and against what is committed. */
const gas: Proof = async ({ report }) => {
  if (forgePath() === undefined) throw new EquipmentMissing('there is no forge for this system')
  report('measuring every operation')
  const { code, output } = await runNode('tools/gas.ts', ['--check'])
  if (code !== 0) report(output)
  const committed = JSON.parse(readFileSync(new URL('snapshots/Gas.json', root), 'utf8')) as Record<string, string>
  const figures = Object.entries(committed).map(([name, text]) => {
    const bar = bars[name]
    return [name, bar === undefined ? told(Number(text)) : atMost(Number(text), bar)] as const
  })
  return { ...Object.fromEntries(figures), asCommitted: equals(code === 0, true) }
}

export default gas
