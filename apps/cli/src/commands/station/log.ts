import { writeFile } from 'node:fs/promises'
import type { StationFrame } from '@werenode/core'
import { visible } from '@werenode/design/terminal'
import type { MessageFilter } from '@werenode/sdk'
import type { Screen } from '../../terminal/screen.ts'
import { badOption, type StationOptions, type Verbs } from './context.ts'

/** What goes over a station's line. */
export const logVerbs: Verbs<'log'> = {
  log: async ({ stations, screen, options, word, signal }) => {
    const stationId = word(0, 'the id of a station')
    const filter = filterOf(options)
    if (options.export !== undefined) {
      const lines = await stations.exportMessages(stationId, filter)
      await writeFile(options.export, lines)
      screen.print(`${lines.split('\n').length - 1} frames are in ${options.export}.`)
      return 0
    }
    const { items } = await stations.messages(stationId, { ...filter, limit: Math.round(options.limit ?? 50) })
    for (const frame of items.toReversed()) screen.print(lineOf(frame, screen))
    if (!options.follow) {
      if (items.length === 0) screen.print('Nothing went over the line that fits.')
      return 0
    }
    for await (const frame of stations.follow(stationId, { ...filter, signal })) screen.print(lineOf(frame, screen))
    return 0
  },
}

const filterOf = ({ filter, only }: StationOptions): MessageFilter => {
  if (only !== undefined && only !== 'in' && only !== 'out')
    throw badOption(`--only ${only} is no direction`, '`in` is what the station sent, `out` what it was sent.')
  return { ...(filter === undefined ? {} : { containing: filter }), ...(only === undefined ? {} : { direction: only }) }
}

const lineOf = ({ at, direction, text }: StationFrame, { paint, format }: Screen): string => {
  const arrow = direction === 'in' ? paint.accent('<-') : paint.positive('->')
  return `${paint.muted(format.time(new Date(at), { seconds: true }))} ${arrow} ${visible(text)}`
}
