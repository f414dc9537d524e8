import {
  type Address,
  type Doc,
  type Hex,
  type StatementClosing,
  type Store,
  type Stored,
  WerenodeError,
  type WireStatement,
} from '@werenode/core'

/** A period with a partner that somebody wanted closed. */
export interface StatementDoc extends Doc {
  readonly partnerId: string
  readonly from: string
  readonly to: string
  readonly state: StatementClosing['state']
  readonly at: string
  readonly reasons: readonly string[]
  /** The CDRs it covers, as `keyOf` names them: none is paid twice, none that comes late is forgotten. */
  readonly cdrs: readonly string[]
  readonly payer?: 'us' | 'them'
  readonly statement?: WireStatement
  readonly ourSigner?: Address
  readonly ourSignature?: Hex
  readonly theirSigner?: Address
  readonly theirSignature?: Hex
  readonly txHash?: Hex
  /** Payments tried. */
  readonly attempt?: number
}

const closed: ReadonlySet<StatementClosing['state']> = new Set(['signed', 'unpaid', 'paid', 'even'])
/** Both sides stand by it. */
export const isClosed = ({ state }: Pick<StatementDoc, 'state'>): boolean => closed.has(state)

/** The statements of a store, and the rules of what may follow what. */
export const createBooks = (store: Store) => {
  const idOf = (partnerId: string, from: string, to: string): string => `${partnerId}|${from}|${to}`

  const ofPartner = async (partnerId: string): Promise<readonly Stored<StatementDoc>[]> => {
    const all: Stored<StatementDoc>[] = []
    let after: string | undefined
    do {
      const page = await store.find<StatementDoc>(
        'ocpi_statements',
        { partnerId },
        { limit: 1_000, ...(after === undefined ? {} : { after }) },
      )
      all.push(...page.items)
      after = page.next
    } while (after !== undefined)
    return all.sort((a, b) => (a.from < b.from ? -1 : 1))
  }

  return {
    ofPartner,
    get: (partnerId: string, from: string, to: string) =>
      store.get<StatementDoc>('ocpi_statements', idOf(partnerId, from, to)),
    byId: (id: string) => store.get<StatementDoc>('ocpi_statements', id),
    /** Those whose state is one of these, of all partners. */
    inState: async (state: StatementClosing['state']): Promise<readonly Stored<StatementDoc>[]> =>
      (await store.find<StatementDoc>('ocpi_statements', { state }, { limit: 1_000 })).items,
    /** By what stands on chain of it. */
    onChain: async (payerId: string, payeeId: string, number: number): Promise<Stored<StatementDoc> | undefined> =>
      (
        await store.find<StatementDoc>(
          'ocpi_statements',
          { 'statement.payerId': payerId, 'statement.payeeId': payeeId, 'statement.number': number },
          { limit: 10 },
        )
      ).items[0],
    put: async (doc: Omit<StatementDoc, '_id'>): Promise<StatementDoc> => {
      const whole: StatementDoc = { ...doc, _id: idOf(doc.partnerId, doc.from, doc.to) }
      await store.write([{ op: 'put', in: 'ocpi_statements', doc: whole }])
      return whole
    },
    /** Changes one as it stands, unless it is gone or `changed` leaves it. */
    change: async (id: string, changed: (doc: StatementDoc) => StatementDoc): Promise<void> => {
      const before = await store.get<StatementDoc>('ocpi_statements', id)
      if (before === undefined) return
      const { _rev, ...plain } = before
      const next = changed(plain)
      if (next !== plain) await store.write([{ op: 'replace', in: 'ocpi_statements', doc: next, rev: _rev }])
    },
  }
}
export type Books = ReturnType<typeof createBooks>

/** Why this period cannot be closed beside those that are; undefined when it can. One is open at a time: its number is the next. */
export const inTheWay = (
  others: readonly StatementDoc[],
  { from, to }: { readonly from: string; readonly to: string },
): string | undefined => {
  for (const one of others) {
    if (one.from === from && one.to === to) continue
    const period = `${one.from} to ${one.to}`
    if (one.state === 'proposed' || one.state === 'signed' || one.state === 'unpaid')
      return `The period ${period} is ${one.state}: close and pay that one first`
    if (!isClosed(one)) continue
    if (one.from < to && from < one.to) return `It overlaps the period ${period}, which is closed`
    if (one.from >= to) return `The later period ${period} is closed: periods are closed in order`
  }
  return undefined
}

export const refuseInTheWay = (why: string | undefined): void => {
  if (why !== undefined)
    throw new WerenodeError('conflict', why, {
      hint: 'Nothing was signed. CDRs that came late are in the next period.',
    })
}
