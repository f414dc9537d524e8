import type { SessionView } from '@werenode/core'
import { houseWords } from '@werenode/design/catalogue'
import { pairs, visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'

/** What happened, to the last micro-euro: energy and registers, cost, settlement, what was paid and what came back. */
export const receiptScreen = (view: SessionView, screen: Screen, creditMicro?: bigint): string => {
  const { paint, format } = screen
  const full = (micro: string | bigint): string => format.money(micro, { precision: 'full' })
  const rows: (readonly [string, string])[] = []
  const { receipt, transactions } = view
  if (receipt !== undefined) {
    rows.push([
      'Energy',
      `${format.energy(view.energyWh, { precision: 'exact', unit: 'kWh' })}  ${paint.muted(`register ${format.number(receipt.startWh)} to ${format.number(receipt.endWh)} Wh`)}`,
    ])
    rows.push([
      'Time',
      `${format.duration(receipt.endedAt - receipt.startedAt)}  ${paint.muted(`${receipt.chargingSeconds} s charging, ${receipt.idleSeconds} s idle`)}`,
    ])
    rows.push(['Cost', paint.strong(full(receipt.amount))])
  } else {
    rows.push(['Energy', format.energy(view.energyWh, { precision: 'exact', unit: 'kWh' })])
    rows.push(['Cost so far', full(view.costMicro)])
  }
  if (view.cosigned) rows.push(['Receipt', 'co-signed by operator and driver'])
  if (view.paidMicro !== undefined) rows.push(['Paid', paint.strong(full(view.paidMicro))])
  if (view.returnedMicro !== undefined) rows.push(['Returned', full(view.returnedMicro)])
  if (creditMicro !== undefined) rows.push(['Credit now', full(creditMicro)])
  if (transactions.open) rows.push(['Opened by', transactions.open])
  if (transactions.propose) rows.push(['Proposed by', transactions.propose])
  if (transactions.settle) rows.push(['Settled by', transactions.settle])
  if (transactions.cancel) rows.push(['Cancelled by', transactions.cancel])
  if (view.message !== undefined) rows.push(['Remark', visible(view.message)])
  if (view.flags.length > 0) rows.push(['Flags', view.flags.map(visible).join(', ')])
  return pairs(
    rows.map(([name, value]) => [`  ${name}`, value] as const),
    paint.muted,
  )
}

/** The state in words, coloured by what it means. */
export const stateWords = (view: SessionView, { paint }: Screen): string => {
  const t = houseWords('en')
  const words = t(`session.state.${view.state}`)
  switch (view.state) {
    case 'settled':
      return paint.positive(words)
    case 'charging':
      return paint.charging(words)
    case 'rejected':
    case 'disputed':
      return paint.danger(words)
    case 'cancelled':
    case 'reclaimed':
      return paint.muted(words)
    default:
      return paint.warning(words)
  }
}
