import { randomBytes } from 'node:crypto'
import type { Doc, SessionRecord, Store, Stored, WriteOp } from '@werenode/core'

/** What a settled session leaves behind, as the house itself wrote it. */
interface Trace {
  readonly session: Stored<Doc> & Pick<SessionRecord, 'idTag' | 'transactionKey' | 'stationId' | 'createdAt'>
  readonly ledger: readonly Stored<Doc>[]
  readonly transaction: Stored<Doc> | undefined
  readonly readings: readonly { readonly at: number; readonly value: unknown }[]
  readonly meter: readonly { readonly at: number; readonly value: unknown }[]
}

const YEAR_MS = 365 * 86_400_000
const BATCH = 200

const traceOf = async (store: Store): Promise<Trace> => {
  const { items } = await store.find<Trace['session']>('manager_sessions', { state: 'settled' }, { limit: 1 })
  const session = items[0]
  if (session?.transactionKey === undefined) throw new Error('No charge of this house is settled yet')
  const [ledger, transaction, readings, meter] = await Promise.all([
    store.find<Stored<Doc>>('manager_ledger', { sessionId: session._id }),
    store.get<Doc>('ocpp_transactions', session.transactionKey),
    store.range('manager_readings', session._id, { limit: 4 }),
    store.range('ocpp_meter', session.transactionKey, { limit: 4 }),
  ])
  return { session, ledger: ledger.items, transaction, readings, meter }
}

/** The same document of another session: every mention of the old one's names is the new one's. */
const renamed = ({ _rev, ...doc }: Stored<Doc>, names: readonly (readonly [string, string])[]): Doc =>
  JSON.parse(names.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(doc))) as Doc

/**
 * Fills a store with settled sessions of the past year until there are `wanted`: copies of what a real one left behind, under names of
 * their own. The events of old sessions are not among it: they are pruned after 30 days. Resolves with how many there are.
 */
export const seedHistory = async (store: Store, wanted: number): Promise<number> => {
  const { session, ledger, transaction, readings, meter } = await traceOf(store)
  let count = await store.count('manager_sessions', {})
  const now = Date.now()
  const copy = (): readonly WriteOp[] => {
    const id = `0x${randomBytes(32).toString('hex')}`
    const number = randomBytes(6).toString('hex')
    const key = `${session.stationId}/${number}`
    const driver = `0x${randomBytes(20).toString('hex')}`
    const at = new Date(now - Math.random() * YEAR_MS).toISOString()
    const names = [
      [session._id, id],
      [session.transactionKey!, key],
      [session.idTag, `H${number}`],
    ] as const
    const clone = renamed(session, names) as Doc & { readonly terms?: object }
    const doc = { ...clone, createdAt: at, terms: { ...clone.terms, driver } }
    return [
      { op: 'insert', in: 'manager_sessions', doc },
      ...ledger.map((entry): WriteOp => ({ op: 'insert', in: 'manager_ledger', doc: renamed(entry, names) })),
      ...(transaction === undefined
        ? []
        : [
            {
              op: 'insert',
              in: 'ocpp_transactions',
              doc: { ...renamed(transaction, names), startKey: `history ${number}`, startedAt: at } as Doc,
            } as const,
          ]),
      { op: 'append', series: 'manager_readings', key: id, points: readings },
      { op: 'append', series: 'ocpp_meter', key, points: meter },
    ]
  }
  while (count < wanted) {
    const size = Math.min(BATCH, wanted - count)
    await store.write(Array.from({ length: size }, copy).flat())
    count += size
  }
  return count
}
