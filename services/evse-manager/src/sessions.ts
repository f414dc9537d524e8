import {
  type Bus,
  type Clock,
  faultPoint,
  isWerenodeError,
  ledgerEntries,
  type NewEvent,
  newEvent,
  type SessionEmit,
  type SessionId,
  type SessionInput,
  type SessionRecord,
  type SessionSettings,
  type Store,
  type Stored,
  step,
  terminalStates,
  toView,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import { collections, series } from './collections.ts'

/** A step to take: the input, and what else must be stored with it. */
export interface Move {
  readonly input: SessionInput
  readonly ops?: readonly WriteOp[]
}

export interface Sessions {
  find(id: SessionId): Promise<Stored<SessionRecord> | undefined>
  byTransaction(stationId: string, transactionId: string): Promise<Stored<SessionRecord> | undefined>
  byIdTag(idTag: string): Promise<Stored<SessionRecord> | undefined>
  /** Stores a new session with its first effects. Throws `conflict` when the id, the id tag or the connector is taken. */
  create(record: SessionRecord): Promise<SessionRecord>
  /**
   * Takes one step: reads the record, asks `decide` for the input, stores the outcome with its events in one write. A record
   * that changed meanwhile is read again. Returns the record as it is now.
   */
  act(
    id: SessionId,
    decide: (record: Stored<SessionRecord>) => Promise<Move | undefined> | Move | undefined,
  ): Promise<SessionRecord>
}

/** Test fault: forgets to store what must still be done, so that the kill harness can prove that it would notice. */
const outboxForgotten = process.env.WERENODE_FAULT === 'outbox'

/** The manager's sessions in the store; `onStored` is told of each new record so that its effects run. */
export const createSessions = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  settings: SessionSettings
  onStored: (record: SessionRecord) => void
}): Sessions => {
  const { store, bus, settings } = deps
  /** One step at a time per session in this process; between processes the revision decides. */
  const queues = new Map<SessionId, Promise<unknown>>()

  const inTurn = <T>(id: SessionId, work: () => Promise<T>): Promise<T> => {
    const before = queues.get(id) ?? Promise.resolve()
    const mine = before.then(work, work)
    const settled = mine.catch(() => undefined)
    queues.set(id, settled)
    void settled.then(() => {
      if (queues.get(id) === settled) queues.delete(id)
    })
    return mine
  }

  const find = (id: SessionId) => store.get<SessionRecord>(collections.sessions, id)

  const one = async (filter: Record<string, string>) => {
    const page = await store.find<SessionRecord>(collections.sessions, filter, { limit: 1 })
    return page.items[0]
  }

  const act: Sessions['act'] = (id, decide) =>
    inTurn(id, async () => {
      for (let attempt = 0; ; attempt += 1) {
        const record = await find(id)
        if (record === undefined)
          throw new WerenodeError('not-found', `There is no session ${id}`, {
            hint: 'Check the id; `werenode sessions` lists yours.',
          })
        const move = await decide(record)
        if (move === undefined) return record
        const { _rev, ...before } = record
        const stepped = step(before as SessionRecord, move.input, settings)
        if (!stepped.changed && (move.ops ?? []).length === 0) return record
        const serial = _rev + 1
        try {
          await bus.commit(
            [
              { op: 'replace', in: collections.sessions, doc: persisted(stepped.record), rev: _rev },
              {
                op: 'append',
                series: series.steps,
                key: id,
                points: [stepPoint(before as SessionRecord, stepped.record, move.input)],
              },
              ...ledgerEntries(before as SessionRecord, stepped.record, move.input, serial).map(
                (entry): WriteOp => ({ op: 'insert', in: collections.ledger, doc: entry }),
              ),
              ...(move.ops ?? []),
            ],
            stepped.emits.map((emit, index) => sessionEvent(id, serial, index, emit, move.input.at)),
          )
        } catch (error) {
          if (isWerenodeError(error) && error.code === 'conflict' && attempt < 20) continue
          throw error
        }
        faultPoint(`session.${move.input.type}.stored`)
        deps.onStored(stepped.record)
        return stepped.record
      }
    })

  return {
    find,
    byTransaction: (stationId, transactionId) => one({ transactionKey: `${stationId}/${transactionId}` }),
    byIdTag: (idTag) => one({ idTag }),
    act,
    create: async (record) => {
      const at = record.createdAt
      await bus.commit(
        [
          { op: 'insert', in: collections.sessions, doc: persisted(record) },
          {
            op: 'append',
            series: series.steps,
            key: record._id,
            points: [{ at: Date.parse(at), value: { input: 'created', to: record.state } }],
          },
        ],
        [
          sessionEvent(
            record._id,
            1,
            0,
            {
              type: 'session.state',
              data: { sessionId: record._id, from: null, to: record.state, view: toView(record) },
            },
            at,
          ),
        ],
      )
      faultPoint('session.created.stored')
      deps.onStored(record)
      return record
    },
  }
}

const persisted = (record: SessionRecord): SessionRecord => {
  if (!outboxForgotten || terminalStates.has(record.state)) return record
  const { dueAt: _due, ...rest } = record
  return { ...rest, outbox: [] }
}

const sessionEvent = (id: SessionId, serial: number, index: number, emit: SessionEmit, at: string): NewEvent =>
  newEvent({
    id: `${id}:${serial}:${index}`,
    type: emit.type,
    at: new Date(at),
    subject: `session.${id}`,
    data: emit.data,
  })

/** The log of a session: every input with the state it led to. Signatures stay out of it. */
const stepPoint = (before: SessionRecord, after: SessionRecord, input: SessionInput) => {
  const { at, ...rest } = input as SessionInput & Record<string, unknown>
  const told = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== 'signature' && name !== 'evidence'))
  return { at: Date.parse(at), value: { ...told, from: before.state, to: after.state } }
}
