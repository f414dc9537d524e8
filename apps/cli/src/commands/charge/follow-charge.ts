import type { SessionView } from '@werenode/core'
import { terminalStates } from '@werenode/core'
import { houseWords } from '@werenode/design/catalogue'
import { visible } from '@werenode/design/terminal'
import type { SessionEvent } from '@werenode/sdk'
import type { Driver } from '../../driver/connect.ts'
import type { Screen } from '../../terminal/screen.ts'
import { sentenceOf } from '../../terminal/trouble.ts'
import { liveLine } from './live-line.ts'
import { receiptScreen, stateWords } from './receipt-screen.ts'
import { listenForStop } from './stop-keys.ts'

/** Without a terminal to redraw, figures are printed at most this often. */
const plainEveryMs = 5_000

/**
 * Follows a session to its end: says each state once, draws the meter, stops when asked or when enough has flowed, co-signs the receipt,
 * and shows what was paid. Resolves with 0 when it was settled.
 */
export const followCharge = async (deps: {
  readonly driver: Driver
  readonly sessionId: string
  readonly targetWh: number | undefined
  readonly screen: Screen
}): Promise<number> => {
  const { driver, sessionId, targetWh, screen } = deps
  const { werenode } = driver
  const { paint, glyphs, format, print } = screen
  const t = houseWords('en')
  let view: SessionView | undefined
  let printedAt = 0
  let stopping: Promise<void> | undefined
  let cosigning: Promise<void> | undefined
  let refused = false

  const stop = (why: string): void => {
    if (stopping !== undefined || view === undefined || terminalStates.has(view.state)) return
    print(`${paint.muted(glyphs.bullet)} ${why}`)
    stopping = werenode.stop(sessionId).then(
      () => undefined,
      (error: unknown) => {
        // The station may have ended it in the same moment; what follows on the stream tells.
        print(`${paint.warning(glyphs.warning)} ${sentenceOf(error).message}`)
        stopping = undefined
      },
    )
  }
  const leave = new AbortController()
  const keys = listenForStop({
    screen,
    onStop: () => stop('stopping, as you asked (Ctrl-C again leaves)'),
    onLeave: () => leave.abort(),
  })

  const cosign = (): void => {
    cosigning ??= werenode.cosign(sessionId).then(
      (outcome) => {
        print(
          outcome.cosigned
            ? `${paint.positive(glyphs.check)} receipt checked against the readings seen, and co-signed`
            : `${paint.warning(glyphs.warning)} not co-signed: ${outcome.why}`,
        )
        if (outcome.cosigned) return
        refused = true
        leaveOnProposal()
      },
      (error: unknown) => print(`${paint.warning(glyphs.warning)} not co-signed: ${sentenceOf(error).message}`),
    )
  }

  /** Without the driver's signature the operator proposes alone, and the money moves a day later: nobody waits for that here. */
  const leaveOnProposal = (): void => {
    if (refused && view?.state === 'settling' && view.transactions.propose !== undefined) leave.abort('proposed')
  }

  const see = (next: SessionView): void => {
    if (view?.state !== next.state) {
      const tx = transactionOf(next)
      print(
        `${paint.muted(glyphs.bullet)} ${stateWords(next, screen)}${tx === undefined ? '' : paint.muted(`  transaction ${format.hex(tx)}`)}`,
      )
      if (next.state === 'charging' && view?.state !== 'charging')
        print(
          paint.muted(
            targetWh === undefined ? keys.words : `  stops after ${format.energy(targetWh)}; ${keys.words.trim()}`,
          ),
        )
    }
    view = next
    if (next.receipt !== undefined && !next.cosigned && ['ended', 'settling'].includes(next.state)) cosign()
    leaveOnProposal()
  }

  const onEvent = (event: SessionEvent): void => {
    switch (event.type) {
      case 'session.view':
        see(event.data)
        return
      case 'session.state':
      case 'session.receipt':
        see(event.data.view)
        return
      case 'session.meter': {
        const seconds = view?.startedAt === undefined ? 0 : (Date.parse(event.at) - Date.parse(view.startedAt)) / 1000
        const line = liveLine(
          { meter: event.data, limitMicro: BigInt(event.data.limitMicro), targetWh, seconds },
          screen,
        )
        screen.redraw(line)
        if (!screen.live && Date.now() - printedAt >= plainEveryMs) {
          printedAt = Date.now()
          print(line)
        }
        if (targetWh !== undefined && event.data.energyWh >= targetWh)
          stop(`${format.energy(event.data.energyWh)} flowed, stopping`)
        return
      }
      case 'session.warning':
        print(`${paint.warning(glyphs.warning)} ${visible(event.data.message)}`)
        return
      case 'session.stopping':
        if (event.data.reason !== 'driver')
          print(`${paint.muted(glyphs.bullet)} ${t(`session.stop.${event.data.reason}`)}`)
        return
    }
  }

  try {
    for await (const event of werenode.live(sessionId, { signal: leave.signal })) onEvent(event)
    await cosigning
  } finally {
    keys.stop()
    screen.clear()
  }
  if (leave.signal.reason === 'proposed' && view !== undefined) {
    const { terms } = view
    print()
    print(receiptScreen(view, screen))
    print(
      `\nThe operator proposed this on chain without your signature. Until the dispute window of ${format.duration(terms.disputeWindow)} ends you may dispute it; then it is paid and the rest returned.`,
    )
    return 1
  }
  if (leave.signal.aborted) {
    print('Left. The charge goes on without you; see it again with:')
    print(`  ./werenode session ${format.hex(sessionId).split('…')[0]}`)
    return 130
  }
  const end = await werenode.session(sessionId)
  const credit = BigInt(end.terms.maxAmount) === 0n ? undefined : (await werenode.credit()).creditMicro
  print()
  print(receiptScreen(end, screen, credit))
  print(paint.muted(`\n  ./werenode session ${sessionId.slice(0, 10)}  shows it again.`))
  return end.state === 'settled' ? 0 : 1
}

/** The transaction behind the state that was just reached. */
const transactionOf = ({ state, transactions }: SessionView): string | undefined =>
  ({
    funded: transactions.open,
    settled: transactions.settle,
    cancelled: transactions.cancel,
    disputed: transactions.propose,
  })[state as 'funded']
