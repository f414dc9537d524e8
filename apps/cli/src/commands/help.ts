import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WerenodeError } from '@werenode/core'
import { pairs } from '@werenode/design/terminal'
import { root } from '../node/folders.ts'
import type { CommandSpec } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'

/** What the commands do; of one of them also its options and examples. */
export const help = (
  topic: string | undefined,
  commands: Readonly<Record<string, { readonly spec: CommandSpec }>>,
  screen: Screen,
): number => {
  const { paint, print } = screen
  if (topic === 'version') {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    print(`Werenode ${version} (Node.js ${process.versions.node})`)
    return 0
  }
  if (topic === undefined) {
    print(`${paint.strong('Werenode')}: an open charging network that anyone can run\n`)
    print(pairs(Object.values(commands).map(({ spec }) => [`  ./werenode ${spec.usage}`, spec.words] as const)))
    print(`\nStart a node with ${paint.strong('npm start')}. More of a command: ./werenode help COMMAND`)
    return 0
  }
  const spec = Object.hasOwn(commands, topic) ? commands[topic]!.spec : undefined
  if (spec === undefined)
    throw new WerenodeError('invalid-input', `There is no command "${topic}"`, {
      hint: `Commands: ${Object.keys(commands).join(', ')}.`,
    })
  print(`${paint.strong(`./werenode ${spec.usage}`)}\n\n${spec.words}\n`)
  print(
    pairs(
      Object.entries(spec.options).map(([name, { kind, value, words }]) => [
        `  --${name}${kind === 'flag' ? '' : ` ${value ?? 'VALUE'}`}`,
        words,
      ]),
    ),
  )
  if (spec.examples) print(`\n${spec.examples.map((example) => `  ${example}`).join('\n')}`)
  return 0
}
