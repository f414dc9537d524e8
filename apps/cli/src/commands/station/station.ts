import { type Party, WerenodeError } from '@werenode/core'
import { connectDriver } from '../../driver/connect.ts'
import { findNode } from '../../node/find-node.ts'
import { operatorKeyIn } from '../../node/folders.ts'
import { parseArguments } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import { campaignVerbs } from './campaigns.ts'
import { commandVerbs } from './command.ts'
import type { Verbs } from './context.ts'
import { logVerbs } from './log.ts'
import { provisionVerbs } from './provision.ts'
import { showVerbs } from './show.ts'
import { siteVerbs } from './sites.ts'
import { type StationVerb, stationSpec, stationVerbs } from './spec.ts'

const verbs: Verbs<StationVerb> = {
  ...showVerbs,
  ...provisionVerbs,
  ...commandVerbs,
  ...logVerbs,
  ...campaignVerbs,
  ...siteVerbs,
}

/** `./werenode station VERB [ID]`: an operator's charging stations. */
export const station = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(stationSpec, args)
  const [verb = '', ...rest] = words
  if (!Object.hasOwn(verbs, verb))
    throw new WerenodeError('invalid-input', `\`station\` does not know "${verb}"`, {
      hint: `It knows ${Object.keys(stationVerbs).join(', ')}.`,
    })
  const key = options.key ?? (options.server === undefined ? operatorKeyIn(findNode(options.data).folder) : undefined)
  if (key === undefined)
    throw new WerenodeError('invalid-input', 'Whose stations? A node elsewhere needs the key of its operator', {
      hint: 'Name the file with --key FILE.',
    })
  const { werenode } = await connectDriver({ ...options, key })
  const ending = new AbortController()
  const end = (): void => ending.abort()
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  try {
    return await verbs[verb as StationVerb]({
      stations: werenode.stations((options.party ?? 'FR*WRN').toUpperCase() as Party),
      screen,
      options,
      words: rest,
      word: (place, what) => {
        const word = rest[place]
        if (word !== undefined) return word
        throw new WerenodeError('invalid-input', `\`station ${verb}\` needs ${what}`, {
          hint: `./werenode station ${verb}: ${stationVerbs[verb as StationVerb]}`,
        })
      },
      signal: ending.signal,
    })
  } finally {
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
  }
}
