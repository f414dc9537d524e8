import { type Party, WerenodeError } from '@werenode/core'
import { connectDriver } from '../../driver/connect.ts'
import { findNode } from '../../node/find-node.ts'
import { operatorKeyIn } from '../../node/folders.ts'
import { parseArguments } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import { isServiceVerb, ocpiService } from './services.ts'
import { printCheck, printPartner, printPartners, printPulls } from './show.ts'
import { ocpiSpec } from './spec.ts'
import { periodOf, printStatement } from './statement.ts'

/** `./werenode ocpi VERB`: the partners this node roams with. */
export const ocpi = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(ocpiSpec, args)
  const [verb = '', first, second, third] = words
  const party = (options.party ?? 'FR*WRN').toUpperCase() as Party
  const key = options.key ?? (options.server === undefined ? operatorKeyIn(findNode(options.data).folder) : undefined)
  if (key === undefined)
    throw new WerenodeError('invalid-input', 'A node elsewhere needs the key of its operator', {
      hint: 'Name the file with --key FILE.',
    })
  const { werenode } = await connectDriver({ ...options, key })
  const roaming = werenode.roaming(party)
  const need = (word: string | undefined, what: string): string => {
    if (word !== undefined) return word
    throw new WerenodeError('invalid-input', `\`ocpi ${verb}\` needs ${what}`, {
      hint: '`./werenode ocpi list` shows the partners; `./werenode help ocpi` all verbs.',
    })
  }
  const id = (): string => need(first, 'the id of a partner')
  const { print, paint, glyphs } = screen

  if (isServiceVerb(verb)) {
    const subject = verb === 'offer' ? 'an id for the offer' : 'the id of a partner'
    const given = {
      roaming,
      first: need(first, subject),
      second: (what: string) => need(second, what),
      third: (what: string) => need(third, what),
      options,
    }
    return ocpiService(verb, given, screen)
  }
  switch (verb) {
    case 'add-partner': {
      const url = need(first, 'the partner’s versions URL and its registration token')
      const token = need(second, 'the registration token the partner gave')
      const partner = await roaming.add({ url, token, ...(options.name === undefined ? {} : { name: options.name }) })
      print(`${paint.positive(glyphs.check)} Registered with ${partner.parties.join(', ')} by OCPI ${partner.version}`)
      printPartner(partner, screen)
      return 0
    }
    case 'invite': {
      const { id: partnerId, url, token } = await roaming.invite(need(first, 'a name for the partner'))
      print('Send this to the partner, over a safe way:')
      print(`\n  Versions URL  ${url}\n  Token         ${token}\n`)
      print(paint.muted(`The token is not shown again. The partner is ${partnerId} here.`))
      return 0
    }
    case 'list':
      printPartners((await roaming.partners()).items, screen)
      return 0
    case 'show':
      printPartner(await roaming.partner(id()), screen)
      return 0
    case 'test':
      return printCheck(await roaming.test(id()), screen)
    case 'check':
      return printCheck(await roaming.check(id()), screen)
    case 'resend': {
      const { count } = await roaming.resend(id(), options.refused ? 'all' : 'waiting')
      print(`${count} objects are sent again.`)
      return 0
    }
    case 'pull':
      return printPulls((await roaming.pull(id(), options.full)).items, screen)
    case 'pause':
    case 'resume':
      printPartner(await roaming.pause(id(), verb === 'pause'), screen)
      return 0
    case 'rotate':
      await roaming.rotate(id())
      print('The tokens of both sides are new.')
      return 0
    case 'statement': {
      const partnerId = id()
      const period = periodOf(options)
      if (!options.close) {
        printStatement(await roaming.statement(partnerId, period), screen)
        return 0
      }
      const statement = await roaming.closeStatement(partnerId, period)
      printStatement(statement, screen)
      return statement.closing?.state === 'disputed' || statement.closing?.state === 'unpaid' ? 1 : 0
    }
    case 'remove':
      await roaming.remove(id())
      print('The connection is ended. What was exchanged is kept.')
      return 0
    default:
      throw new WerenodeError('invalid-input', `\`ocpi\` does not know "${verb}"`, {
        hint: 'It knows add-partner, invite, list, show, test, check, resend, pull, pause, resume, rotate, statement, remove; and with OCPI 2.3.0 terminals, assign-terminal, activate-terminal, return-terminal, bookable, bookings, book, cancel and offer; prefer tells what a driver prefers.',
      })
  }
}
