import { createStatusReader, readStatusSource } from '@werenode/api'
import { WerenodeError } from '@werenode/core'
import { table, visible } from '@werenode/design/terminal'
import { connectDriver } from '../driver/connect.ts'
import { findNode } from '../node/find-node.ts'
import { operatorKeyIn } from '../node/folders.ts'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { irveStatusSpec } from './specs.ts'

const mostShown = 100

/** `./werenode irve-status FILE|URL`: how open-data charge points are now, row by row where a row was not taken. */
export const irveStatus = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(irveStatusSpec, args)
  const { print, paint, glyphs, format } = screen
  const key = options.key ?? (options.server === undefined ? operatorKeyIn(findNode(options.data).folder) : undefined)
  if (key === undefined)
    throw new WerenodeError('invalid-input', 'A node elsewhere needs the key of its operator', {
      hint: 'Name the file with --key FILE.',
    })
  const say = (text: string): void => {
    if (screen.live) screen.redraw(text)
  }
  say(`Reading ${words[0]}`)
  const bytes = (await createStatusReader(readStatusSource(words[0]!)).read())!
  say(`${format.number(Math.ceil(bytes.length / 1024))} KiB read, taking them in`)
  const { werenode } = await connectDriver({ ...options, key })
  if ((await werenode.login()) === undefined) await werenode.signIn()
  const { rows, changed, findings, counts } = await werenode.api.importIrveStatus({ body: bytes })
  screen.clear()
  print(
    `${paint.positive(glyphs.check)} ${format.number(rows)} rows read, ${format.number(changed)} charge points are in another state now.`,
  )
  const left = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (left === 0) return 0
  print(`${paint.warning(glyphs.warning)} ${format.number(left)} rows were not taken:`)
  print(
    table(
      [{ title: 'row', align: 'right' }, { title: 'charge point' }, { title: 'why', flexible: true }],
      findings.slice(0, mostShown).map(({ line, id, words: why }) => [format.number(line), visible(id), visible(why)]),
      { glyphs, width: screen.live ? screen.columns : 160, head: paint.muted },
    ),
  )
  if (left > mostShown) print(paint.muted(`and ${format.number(left - mostShown)} more`))
  return 0
}
