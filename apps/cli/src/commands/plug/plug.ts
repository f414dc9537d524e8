import { type Party, WerenodeError } from '@werenode/core'
import { connectDriver } from '../../driver/connect.ts'
import { findNode } from '../../node/find-node.ts'
import { operatorKeyIn } from '../../node/folders.ts'
import { parseArguments } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import { addPlug } from './add.ts'
import { recordDevice, teachFamily } from './record.ts'
import { listAlarms, listFamilies, listPlugs, showPlug } from './show.ts'
import { plugSpec } from './spec.ts'
import { watchPlugs } from './watch.ts'

/** `./werenode plug VERB [ID]`: an operator's smart plugs. */
export const plug = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(plugSpec, args)
  const [verb = '', plugId] = words
  const party = (options.party ?? 'FR*WRN').toUpperCase() as Party
  const key = options.key ?? (options.server === undefined ? operatorKeyIn(findNode(options.data).folder) : undefined)
  if (key === undefined)
    throw new WerenodeError('invalid-input', 'Whose plugs? A node elsewhere needs the key of its operator', {
      hint: 'Name the file with --key FILE.',
    })
  const { werenode, origin } = await connectDriver({ ...options, key })
  const operator = werenode.operator(party)
  const named = (): string => {
    if (plugId !== undefined) return plugId
    throw new WerenodeError('invalid-input', `Which plug? Write: ./werenode plug ${verb} ID`, {
      hint: '`./werenode plug list` shows them.',
    })
  }
  switch (verb) {
    case 'add':
      return addPlug({ operator, origin, party, plugId: named(), options }, screen)
    case 'list':
      return listPlugs(operator, screen)
    case 'show':
      return showPlug(operator, named(), options.limit ?? 10, screen)
    case 'watch':
      return watchPlugs(operator, plugId, screen)
    case 'alarms':
      return listAlarms(operator, options.limit ?? 10, screen)
    case 'families':
      return listFamilies(operator, plugId, screen)
    case 'record':
      return recordDevice(operator, options.topic ?? plugId, options.wait ?? 60, screen)
    case 'teach':
      return teachFamily(operator, named(), screen)
    case 'observer': {
      const { username, password } = await operator.addPlugObserver(named())
      screen.print(
        `User      ${username}\nPassword  ${password}\nHome Assistant shows the plugs by itself once it is connected.`,
      )
      return 0
    }
    case 'rekey': {
      const { username, password } = await operator.rekeyPlug(named())
      screen.print(`User      ${username}\nPassword  ${password}`)
      return 0
    }
    case 'remove':
      await operator.removePlug(named())
      screen.print(`${named()} is out. What it measured is kept.`)
      return 0
    default:
      throw new WerenodeError('invalid-input', `\`plug\` does not know "${verb}"`, {
        hint: 'It knows add, list, show, watch, alarms, rekey, remove, families, record, teach and observer.',
      })
  }
}
