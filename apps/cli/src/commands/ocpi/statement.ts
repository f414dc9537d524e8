import { type RoamingStatementView, type StatementClosing, type StatementLine, WerenodeError } from '@werenode/core'
import { pairs, table, visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'

/** `2026-11` as a period of UTC; this month when none is named. */
export const monthOf = (text: string | undefined): { from: Date; to: Date } => {
  const match = /^(\d{4})-(\d{2})$/.exec(text ?? new Date().toISOString().slice(0, 7))
  const month = Number(match?.[2])
  if (match === null || month < 1 || month > 12)
    throw new WerenodeError('invalid-input', `--month ${text} is not a month`, { hint: 'Write it like 2026-11.' })
  const year = Number(match[1])
  return { from: new Date(Date.UTC(year, month - 1)), to: new Date(Date.UTC(year, month)) }
}

/** The period that the options name: a month, or two times. */
export const periodOf = (named: {
  month: string | undefined
  from: string | undefined
  to: string | undefined
}): { from: Date; to: Date } => {
  if (named.from === undefined && named.to === undefined) return monthOf(named.month)
  const [from, to] = [new Date(named.from ?? ''), new Date(named.to ?? '')]
  if (!Number.isNaN(from.getTime()) && !Number.isNaN(to.getTime())) return { from, to }
  throw new WerenodeError('invalid-input', 'A period has a --from and a --to', {
    hint: 'Write them like 2026-11-01T00:00:00Z.',
  })
}

const closingWords: Readonly<Record<StatementClosing['state'], string>> = {
  proposed: 'signed by us, not yet by them',
  signed: 'signed by both, the payment is on its way',
  unpaid: 'signed by both, not paid',
  paid: 'signed by both and paid',
  even: 'agreed by both, nothing is owed',
  disputed: 'disputed: nothing was signed or paid',
}

const stateWords: Readonly<Record<StatementLine['state'], string>> = {
  agreed: 'agreed',
  contested: 'contested',
  differs: 'the amounts differ',
  'missing-here': 'we do not hold it',
  'missing-there': 'they do not hold it',
  own: 'our side alone',
}

const euro = (micro: string): string => (Number(micro) / 1e6).toFixed(4)

/** What a period comes to: the sums, then every CDR with why it does not count. */
export const printStatement = (statement: RoamingStatementView, { paint, print, glyphs, ...screen }: Screen): void => {
  const net = BigInt(statement.netMicro)
  print(
    pairs([
      ['Period', `${statement.from} to ${statement.to}`],
      ['We billed', `${euro(statement.weBilledMicro)} EUR`],
      ['They billed', `${euro(statement.theyBilledMicro)} EUR`],
      [
        'Net',
        net === 0n
          ? 'nothing is owed'
          : `${euro((net < 0n ? -net : net).toString())} EUR, ${net > 0n ? 'they pay us' : 'we pay them'}`,
      ],
      ['Open', `${euro(statement.openMicro)} EUR billed and not agreed`],
      ...(statement.root === undefined ? [] : [['Merkle root', statement.root] as [string, string]]),
    ]),
  )
  const { closing } = statement
  if (closing !== undefined) {
    const payment = closing.statement
    print(
      pairs([
        ['Closed', `${closingWords[closing.state]} (${closing.at})`],
        ...(payment === undefined
          ? []
          : [
              ['Statement', `number ${payment.number}, ${euro(payment.totalMicro)} EUR, paid by ${closing.payer}`] as [
                string,
                string,
              ],
            ]),
        ...(closing.txHash === undefined ? [] : [['Transaction', closing.txHash] as [string, string]]),
      ]),
    )
    for (const reason of closing.reasons) print(`${paint.warning(glyphs.warning)} ${visible(reason)}`)
  }
  if (!statement.compared) print(paint.muted('The partner did not tell its side: this is ours alone.'))
  if (statement.lines.length === 0) return
  print(
    table(
      [
        { title: 'ended' },
        { title: 'billed by' },
        { title: 'CDR', flexible: true },
        { title: 'kWh', align: 'right' },
        { title: 'EUR', align: 'right' },
        { title: 'state', flexible: true },
      ],
      statement.lines.map((line) => [
        line.endedAt,
        line.issuer,
        visible(line.cdrId),
        (line.energyWh / 1000).toFixed(3),
        euro(line.amountMicro),
        visible([stateWords[line.state], ...line.findings].join(': ')),
      ]),
      { glyphs, width: screen.live ? screen.columns : 160, head: paint.muted },
    ),
  )
}
