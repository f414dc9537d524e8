import type { SessionInput } from './input.ts'
import type { SessionRecord } from './record.ts'

/** One document of the append-only ledger: its postings sum to zero, so it is double entry in a single write. Micro-euro, signed decimal strings. */
export interface LedgerEntry {
  readonly _id: string
  readonly sessionId: string
  readonly kind: 'lock' | 'release' | 'undo'
  readonly at: string
  readonly postings: readonly { readonly account: string; readonly micro: string }[]
  readonly txHash?: string
}

const driver = (record: SessionRecord) => `driver:${record.terms.driver}`
const escrow = (record: SessionRecord) => `escrow:${record._id}`
const payee = (record: SessionRecord) => `payee:${record.terms.payee}`

/**
 * The entries a step means for the ledger: money follows the chain's words (opened, topped up, settled, cancelled, reclaimed),
 * and a rolled-back end is undone by an entry of its own. Call with the record before and after the step; `serial` makes ids unique.
 */
export const ledgerEntries = (
  before: SessionRecord,
  after: SessionRecord,
  input: SessionInput,
  serial: number,
): readonly LedgerEntry[] => {
  if (!after.paid) return []
  const entry = (kind: LedgerEntry['kind'], postings: readonly [string, bigint][], txHash?: string): LedgerEntry => ({
    _id: `${after._id}:${serial}:${kind}`,
    sessionId: after._id,
    kind,
    at: input.at,
    postings: postings
      .filter(([, micro]) => micro !== 0n)
      .map(([account, micro]) => ({ account, micro: micro.toString() })),
    ...(txHash === undefined ? {} : { txHash }),
  })
  switch (input.type) {
    case 'opened':
      return before.openedAt === undefined && after.openedAt !== undefined
        ? [entry('lock', move(driver(after), escrow(after), BigInt(after.limitMicro)), input.txHash)]
        : []
    case 'toppedUp': {
      const more = BigInt(after.limitMicro) - BigInt(before.limitMicro)
      return more > 0n ? [entry('lock', move(driver(after), escrow(after), more))] : []
    }
    case 'settled':
    case 'cancelled':
    case 'reclaimed': {
      if (before.state === after.state) return []
      const paid = BigInt(after.paidMicro ?? '0')
      const returned = BigInt(after.returnedMicro ?? '0')
      // The chain never ends what it did not open: an opening we were not told of is booked with the end.
      const lock =
        before.openedAt === undefined
          ? [entry('lock', move(driver(after), escrow(after), BigInt(after.limitMicro)))]
          : []
      return [
        ...lock,
        entry(
          'release',
          [
            [escrow(after), -(paid + returned)],
            [payee(after), paid],
            [driver(after), returned],
          ],
          input.txHash,
        ),
      ]
    }
    case 'endRolledBack': {
      if (before.state === after.state) return []
      const paid = BigInt(before.paidMicro ?? '0')
      const returned = BigInt(before.returnedMicro ?? '0')
      return [
        entry('undo', [
          [escrow(after), paid + returned],
          [payee(after), -paid],
          [driver(after), -returned],
        ]),
      ]
    }
    default:
      return []
  }
}

const move = (from: string, to: string, micro: bigint): readonly [string, bigint][] => [
  [from, -micro],
  [to, micro],
]
