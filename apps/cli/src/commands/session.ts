import { type SessionView, WerenodeError } from '@werenode/core'
import { pairs, visible } from '@werenode/design/terminal'
import type { Werenode } from '@werenode/sdk'
import { connectDriver } from '../driver/connect.ts'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { receiptScreen, stateWords } from './charge/receipt-screen.ts'
import { sessionSpec } from './specs.ts'

/** `./werenode session ID`: one charge in full. A receipt that waits for the driver's key is co-signed on the way. */
export const session = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words, options } = parseArguments(sessionSpec, args)
  const { paint, print, format, glyphs } = screen
  const { werenode } = await connectDriver(options)
  let view = await find(werenode, words[0]!)
  if (view.receipt !== undefined && !view.cosigned && view.state === 'ended') {
    const outcome = await werenode.cosign(view.id)
    print(
      outcome.cosigned
        ? `${paint.positive(glyphs.check)} the receipt was waiting for your key; it is co-signed now`
        : `${paint.warning(glyphs.warning)} not co-signed: ${outcome.why}`,
    )
    view = outcome.session
  }
  const { terms } = view
  print(`${paint.strong(visible(view.locationName))}  ${stateWords(view, screen)}`)
  print(
    `${format.evseId(view.evseId)}, connector ${view.connector}, ${format.dateTime(view.startedAt ?? view.createdAt)}`,
  )
  print()
  print(receiptScreen(view, screen))
  print(
    pairs(
      [
        ['  Session', view.id],
        ['  Driver', view.driver],
        ['  Locked', format.money(view.limitMicro, { precision: 'full' })],
        [
          '  Ceilings signed',
          [
            `${format.unitPrice(terms.pricePerKWh, { per: 'kWh' })}`,
            `${format.unitPrice(terms.pricePerMinute, { per: 'min' })}`,
            `${format.unitPrice(terms.idlePerMinute, { per: 'min' })} idle`,
            `${format.money(terms.startFee)} to start`,
          ].join(', '),
        ],
        ['  Paid to', terms.payee],
      ] as const,
      paint.muted,
    ),
  )
  return 0
}

/** By the whole id, or by its first digits among the driver's own. */
const find = async (werenode: Werenode, text: string): Promise<SessionView> => {
  const wanted = (text.startsWith('0x') ? text : `0x${text}`).toLowerCase()
  if (!/^0x[0-9a-f]{4,64}$/.test(wanted))
    throw new WerenodeError('invalid-input', `"${text}" is not a session id`, {
      hint: 'It is 0x and hexadecimal digits, at least the first four; `./werenode sessions` lists them.',
    })
  if (wanted.length === 66) return werenode.session(wanted)
  const found: SessionView[] = []
  let cursor: string | undefined
  do {
    const page = await werenode.sessions({ limit: 100 }, cursor)
    found.push(...page.items.filter(({ id }) => id.startsWith(wanted)))
    cursor = page.next
  } while (cursor !== undefined && found.length < 2)
  if (found.length === 1) return found[0]!
  throw new WerenodeError(
    'not-found',
    found.length === 0 ? `You have no session that begins with ${wanted}` : `Several sessions begin with ${wanted}`,
    { hint: found.length === 0 ? '`./werenode sessions --all` lists them all.' : 'Write more of its digits.' },
  )
}
