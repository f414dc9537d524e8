import type { Evse } from '@werenode/core'
import { houseWords } from '@werenode/design/catalogue'
import { connectorLook, type PlugStatus, plugStatusOf, statusLooks } from '@werenode/design/plug'
import { table, visible } from '@werenode/design/terminal'
import { connectDriver } from '../driver/connect.ts'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { stationsSpec } from './specs.ts'

const mostPlaces = 20

/** `./werenode stations [WORDS]`: plugs with their status; with words also what open data knows. */
export const stations = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(stationsSpec, args)
  const { paint, print, format, glyphs } = screen
  const { werenode } = await connectDriver(options)
  const t = houseWords('en')
  const search = words.length === 0 ? { payable: true } : { words: words.join(' ') }
  const { items, next } = await werenode.locations.search({ ...search, limit: mostPlaces })
  if (items.length === 0) {
    print(words.length === 0 ? 'No plug here can be used with Werenode.' : `Nothing matches "${words.join(' ')}".`)
    return 0
  }
  const rows: string[][] = []
  for (const { id } of items) {
    const { location } = await werenode.locations.get(id)
    for (const evse of location.evses) {
      const [connector] = evse.connectors
      if (connector === undefined) continue
      const status = statusOf(evse)
      rows.push([
        paint[status](glyphs.status[status]),
        format.evseId(evse.evseId),
        connectorLook(t, connector.standard).words,
        format.power(connector.maxPowerW),
        t(statusLooks[status].messageKey),
        visible(location.name),
        visible(location.city),
      ])
    }
  }
  print(
    table(
      [
        { title: '' },
        { title: 'plug' },
        { title: 'connector' },
        { title: 'power', align: 'right' },
        { title: 'now' },
        { title: 'where', flexible: true },
        { title: 'city', flexible: true },
      ],
      rows,
      { glyphs, width: screen.live ? screen.columns : 140, head: paint.muted },
    ),
  )
  if (next !== undefined)
    print(paint.muted('\nThere are more; narrow it down with words: a place, a street, an operator.'))
  return 0
}

/** What cannot be charged at here is not listed by its status, which nobody tells us. */
const statusOf = ({ payable, status }: Evse): PlugStatus => (payable ? plugStatusOf(status) : 'unlisted')
