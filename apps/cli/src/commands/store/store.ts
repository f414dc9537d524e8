import { WerenodeError } from '@werenode/core'
import { backupStore, copyStore, restoreStore } from '@werenode/store/copy'
import { parseArguments } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import { storeSpec } from './spec.ts'

type Sums = Readonly<Record<string, { readonly count: number; readonly sha256: string }>>

const needed = (value: string | undefined, option: string, what: string): string => {
  if (value !== undefined) return value
  throw new WerenodeError('invalid-input', `--${option} is missing`, { hint: `Name ${what}.` })
}

const showSums = (sums: Sums, screen: Screen): void => {
  for (const [name, { count, sha256 }] of Object.entries(sums))
    if (count > 0)
      screen.print(`  ${name.padEnd(32)} ${screen.format.number(count).padStart(12)}  ${sha256.slice(0, 16)}`)
}

/** `store migrate|backup|restore`. Resolves with the exit code. */
export const store = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(storeSpec, args)
  const from = () =>
    needed(options.from, 'from', 'the data folder of a node that is stopped, or mongodb://host/database')
  const to = () => needed(options.to, 'to', 'an empty folder, or mongodb://host/database of an empty database')
  const file = () => needed(options.file, 'file', 'the file')
  switch (words[0]) {
    case 'migrate': {
      const onProgress = ({ what, copied }: { what: string; copied: number }): void => {
        if (screen.live) screen.redraw(`  ${what}: ${screen.format.number(copied)} entries`)
      }
      const { resumed, copied, sums } = await copyStore({ from: from(), to: to(), onProgress })
      screen.clear()
      showSums(sums, screen)
      screen.print(
        `${screen.format.number(copied)} entries copied${resumed ? ', going on where it was' : ''}; counts and checksums agree.`,
      )
      return 0
    }
    case 'backup': {
      const { sums, oneMoment } = await backupStore({ from: from(), file: file() })
      showSums(sums, screen)
      screen.print(
        oneMoment
          ? `Written to ${file()}, all of one moment.`
          : `Written to ${file()}. This server gives no snapshot: it is of one moment only if nobody wrote meanwhile.`,
      )
      return 0
    }
    case 'restore': {
      const { sums } = await restoreStore({ file: file(), to: to() })
      showSums(sums, screen)
      screen.print('Restored; counts and checksums agree with the file.')
      return 0
    }
    default:
      throw new WerenodeError('invalid-input', `\`store\` does not know "${words[0]}"`, {
        hint: 'store migrate, store backup, store restore',
      })
  }
}
