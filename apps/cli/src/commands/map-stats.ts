import { pairs, table } from '@werenode/design/terminal'
import type { LocationSummary } from '@werenode/sdk'
import { connectDriver } from '../driver/connect.ts'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { mapStatsSpec } from './specs.ts'

const sources = { own: 'own', demo: 'demo (simulated)', irve: 'French open data', roaming: 'roaming partners' } as const
const classes = [
  { words: 'below 7.4 kW', belowW: 7_400 },
  { words: '7.4 to 22 kW', belowW: 22_001 },
  { words: '22 to 150 kW', belowW: 150_000 },
  { words: '150 kW and more', belowW: Number.POSITIVE_INFINITY },
] as const

/** `./werenode map-stats`: what the map holds. */
export const mapStats = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { options } = parseArguments(mapStatsSpec, args)
  const { paint, print, format, glyphs } = screen
  const { werenode } = await connectDriver(options)
  const all: LocationSummary[] = []
  for await (const summary of werenode.locations.all({ limit: 500 })) {
    all.push(summary)
    if (all.length % 500 === 0) screen.redraw(`${format.number(all.length)} places ...`)
  }
  screen.clear()
  const evses = (of: readonly LocationSummary[]): number => of.reduce((sum, { evseCount }) => sum + evseCount, 0)
  print(
    table(
      [
        { title: 'source' },
        { title: 'places', align: 'right' },
        { title: 'plugs', align: 'right' },
        { title: 'payable here', align: 'right' },
      ],
      Object.entries(sources)
        .map(([source, words]) => ({ words, of: all.filter((one) => one.source === source) }))
        .filter(({ of }) => of.length > 0)
        .map(({ words, of }) => [
          words,
          format.number(of.length),
          format.number(evses(of)),
          format.number(of.filter(({ payable }) => payable).length),
        ]),
      { glyphs, width: screen.columns, head: paint.muted },
    ),
  )
  print()
  let fromW = 0
  print(
    pairs(
      classes.map(({ words, belowW }) => {
        const of = all.filter(({ maxPowerW }) => maxPowerW >= fromW && maxPowerW < belowW)
        fromW = belowW
        return [`  ${words}`, `${format.number(of.length)} places`] as const
      }),
      paint.muted,
    ),
  )
  return 0
}
