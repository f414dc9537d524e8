import type { SessionView } from '@werenode/core'
import { table, visible } from '@werenode/design/terminal'
import { connectDriver } from '../driver/connect.ts'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { stateWords } from './charge/receipt-screen.ts'
import { sessionsSpec } from './specs.ts'

const pageLength = 20

/** `./werenode sessions`: what this driver charged. */
export const sessions = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { options } = parseArguments(sessionsSpec, args)
  const { paint, print, format, glyphs } = screen
  const { werenode } = await connectDriver(options)
  const rows: SessionView[] = []
  let cursor: string | undefined
  do {
    const page = await werenode.sessions({ limit: pageLength }, cursor)
    rows.push(...page.items)
    cursor = page.next
  } while (options.all && cursor !== undefined)
  if (rows.length === 0) {
    print('Nothing was charged yet. `./werenode charge` does it.')
    return 0
  }
  print(
    table(
      [
        { title: 'when' },
        { title: 'where', flexible: true },
        { title: 'plug' },
        { title: 'energy', align: 'right' },
        { title: 'cost', align: 'right' },
        { title: 'state' },
        { title: 'id' },
      ],
      rows.map((view) => [
        format.dateTime(view.createdAt),
        visible(view.locationName),
        format.evseId(view.evseId),
        format.energy(view.energyWh),
        format.money(view.paidMicro ?? view.costMicro),
        stateWords(view, screen),
        view.id.slice(0, 10),
      ]),
      { glyphs, width: screen.live ? screen.columns : 140, head: paint.muted },
    ),
  )
  if (cursor !== undefined) print(paint.muted(`\nThere are older ones: ./werenode sessions --all`))
  return 0
}
