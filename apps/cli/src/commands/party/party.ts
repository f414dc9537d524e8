import { WerenodeError } from '@werenode/core'
import { visible } from '@werenode/design/terminal'
import { connectDriver } from '../../driver/connect.ts'
import { findNode } from '../../node/find-node.ts'
import { operatorKeyIn } from '../../node/folders.ts'
import { parseArguments } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import { partySpec } from './spec.ts'

/** All that a member may be given: what the first of a party needs to let others in. */
const allRights = ['catalogue:write', 'stations:read', 'stations:write', 'party:write'] as const
type Right = (typeof allRights)[number]

/** `./werenode party VERB`: as who runs the node, makes parties and lets the first of their people in. */
export const party = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(partySpec, args)
  const [verb = '', first, second, ...rest] = words
  const key = options.key ?? (options.server === undefined ? operatorKeyIn(findNode(options.data).folder) : undefined)
  if (key === undefined)
    throw new WerenodeError('invalid-input', 'A node elsewhere needs the key of its operator', {
      hint: 'Name the file with --key FILE.',
    })
  const need = (word: string | undefined, what: string): string => {
    if (word !== undefined) return word
    throw new WerenodeError('invalid-input', `\`party ${verb}\` needs ${what}`, {
      hint: '`./werenode help party` shows all verbs.',
    })
  }
  const ofParty = (): string => need(first, 'a party, e.g. FR*ABC').toUpperCase()
  const { werenode } = await connectDriver({ ...options, key })
  const { print, paint, glyphs } = screen
  const done = (text: string): number => {
    print(`${paint.positive(glyphs.check)} ${text}`)
    return 0
  }

  switch (verb) {
    case 'list': {
      const { items } = await werenode.api.listParties({})
      for (const one of items) print(`${one.party.padEnd(8)}${visible(one.name)}`)
      return 0
    }
    case 'add': {
      const body = { party: ofParty(), name: need(second, 'a name') }
      await werenode.api.createParty({ body })
      return done(
        `${body.party} is on this node. Let its first people in: ./werenode party member ${body.party} WALLET`,
      )
    }
    case 'members': {
      const { items } = await werenode.api.listMembers({ params: { party: ofParty() } })
      if (items.length === 0) print('Nobody works for it yet.')
      for (const { address, scopes } of items) print(`${address}  ${scopes.join(', ')}`)
      return 0
    }
    case 'member': {
      const params = { party: ofParty(), address: need(second, 'the address of a wallet').toLowerCase() }
      const scopes = (rest.length === 0 ? allRights : rest) as readonly Right[]
      await werenode.api.putMember({ params, body: { scopes } })
      return done(`${params.address} may ${scopes.join(', ')} for ${params.party}`)
    }
    case 'remove': {
      const params = { party: ofParty(), address: need(second, 'the address of a wallet').toLowerCase() }
      await werenode.api.removeMember({ params })
      return done(`${params.address} no longer works for ${params.party}`)
    }
    default:
      throw new WerenodeError('invalid-input', `\`party\` knows no verb "${visible(verb)}"`, {
        hint: '`./werenode help party` shows all verbs.',
      })
  }
}
