import { type Bus, type Clock, type Store, type Stored, stationCommandSubject, WerenodeError } from '@werenode/core'
import { type QueuedCommand, queueCommand, queuedFor, withdrawCommand } from '../commands/queue.ts'
import { type SignedValues, signedValuesOf } from '../signed/values.ts'
import type { ConnectorState } from '../status/connectors.ts'
import { type Transaction, transactionKey } from '../transactions/transaction.ts'
import { createDeviationCounter } from '../watch/deviations.ts'
import { createDossier, type DossierEntry, type DossierKind } from '../watch/dossier.ts'
import {
  createMessageLog,
  type LoggedFrame,
  type MessageLog,
  type PendingFrames,
  type ReadOptions,
} from '../watch/message-log.ts'
import { stationNamed } from './register.ts'
import type { Station, StationLink } from './station.ts'

/** Beside the manager's commands, a link's holder takes `{ action, payload }` (any message) and this: close, in these words. */
export interface CloseCommand {
  readonly close: string
}

/** Asks the holder for the frames it has not written yet. */
export interface PendingCommand {
  readonly pending: true
}

/** A station as an operator sees it. Never holds a credential. */
export interface StationView {
  readonly stationId: string
  readonly label?: string
  readonly party?: string
  readonly securityProfile: number
  readonly connected: boolean
  readonly link?: Omit<StationLink, '_id'>
  readonly connectors: readonly Omit<ConnectorState, '_id'>[]
  readonly open: readonly Transaction[]
}

/** What people and the API do with stations; works from any process that shares the store and the bus. */
export interface StationConsole {
  list(options?: {
    party?: string
    limit?: number
    after?: string
  }): Promise<{ items: readonly StationView[]; next?: string }>
  get(stationId: string): Promise<StationView>
  /** Any message of its version, checked against the schema first. Offline: `no-responder`, at once. */
  call(stationId: string, action: string, payload: unknown, options?: { timeoutMs?: number }): Promise<unknown>
  /** The same for a station that is away: sent when it comes back within the time. Its id; `queued` tells what came of it. */
  callLater(stationId: string, action: string, payload: unknown, expiresInS: number): Promise<string>
  queued(stationId: string): Promise<readonly QueuedCommand[]>
  /** False when it was sent already. */
  withdraw(commandId: string): Promise<boolean>
  /** Newest first, without secrets, up to this moment. */
  messages(stationId: string, options?: ReadOptions): Promise<readonly LoggedFrame[]>
  deviations(stationId: string): Promise<Readonly<Record<string, number>>>
  orphans(stationId: string): Promise<readonly unknown[]>
  transactions(stationId: string, options?: { limit?: number }): Promise<readonly Transaction[]>
  /** What the meter signed in a transaction, judged, with the root over the originals. */
  signedValues(stationId: string, transactionId: string): Promise<SignedValues>
  dossier(stationId: string, kind: DossierKind): Promise<readonly DossierEntry[]>
  /** Closes the door to a station, also the one it stands in; or opens it again. */
  block(stationId: string, blocked: boolean): Promise<void>
}

export const createStationConsole = ({
  store,
  bus,
  clock,
  log,
  messages = createMessageLog({ store, log, onDuplicateKeys: () => undefined }),
}: {
  store: Store
  bus: Bus
  clock: Clock
  log: Parameters<typeof createMessageLog>[0]['log']
  /** Of the process that holds stations: it knows what it has not written yet of those that just left. */
  messages?: MessageLog
}): StationConsole => {
  const dossier = createDossier({ store, clock })
  const deviations = createDeviationCounter({ store, clock })

  const pendingOf = (stationId: string): Promise<PendingFrames> => {
    const command: PendingCommand = { pending: true }
    return bus.request<PendingFrames>(stationCommandSubject(stationId), command).catch((error: unknown) => {
      if (error instanceof WerenodeError && error.code === 'no-responder') return messages.pending(stationId)
      throw error
    })
  }

  const viewOf = async (station: Stored<Station>): Promise<StationView> => {
    const link = await store.get<StationLink>('ocpp_links', station._id)
    const connectors = await store.find<ConnectorState>('ocpp_connectors', { stationId: station._id }, { limit: 200 })
    const open = await store.find<Transaction>('ocpp_transactions', { stationId: station._id, state: 'open' })
    return {
      stationId: station._id,
      ...(station.label === undefined ? {} : { label: station.label }),
      ...(station.party === undefined ? {} : { party: station.party }),
      securityProfile: station.securityProfile,
      connected: link?.connected ?? false,
      ...(link ? { link: withoutId(link) } : {}),
      connectors: connectors.items.map(withoutId),
      open: open.items,
    }
  }

  return {
    list: async ({ party, limit = 100, after } = {}) => {
      const page = await store.find<Station>('ocpp_stations', party === undefined ? {} : { party }, {
        limit,
        ...(after === undefined ? {} : { after }),
      })
      const items = await Promise.all(page.items.map(viewOf))
      return { items, ...(page.next === undefined ? {} : { next: page.next }) }
    },
    get: async (stationId) => viewOf(await stationNamed(store, stationId)),
    call: async (stationId, action, payload, { timeoutMs = 60_000 } = {}) => {
      await stationNamed(store, stationId)
      const command = { action, payload, timeoutMs }
      const reply = await bus
        .request<{ answer: unknown }>(stationCommandSubject(stationId), command, { timeoutMs: timeoutMs + 1_000 })
        .catch((error: unknown) => {
          if (error instanceof WerenodeError && error.code === 'no-responder')
            throw new WerenodeError('station-offline', `Station ${stationId} is not connected`, {
              hint: 'Wait until it comes back, then try again.',
            })
          throw error
        })
      return reply.answer
    },
    callLater: async (stationId, action, payload, expiresInS) => {
      await stationNamed(store, stationId)
      return queueCommand({ store, clock }, { stationId, action, payload, expiresInS })
    },
    queued: (stationId) => queuedFor({ store, clock }, stationId),
    withdraw: (commandId) => withdrawCommand({ store }, commandId),
    messages: async (stationId, options) => messages.read(stationId, options, await pendingOf(stationId)),
    deviations: deviations.of,
    orphans: async (stationId) =>
      (await store.find('ocpp_orphans', { stationId }, { sort: [['receivedAt', -1]], limit: 500 })).items,
    transactions: async (stationId, { limit = 100 } = {}) =>
      (await store.find<Transaction>('ocpp_transactions', { stationId }, { sort: [['startedAt', -1]], limit })).items,
    signedValues: async (stationId, transactionId) => {
      const transaction = await store.get<Transaction>('ocpp_transactions', transactionKey(stationId, transactionId))
      if (transaction) return signedValuesOf(store, transaction)
      throw new WerenodeError('not-found', `Station ${stationId} has no transaction ${transactionId}`)
    },
    dossier: dossier.list,
    block: async (stationId, blocked) => {
      const { _rev, ...row } = await stationNamed(store, stationId)
      const doc: Station = { ...row, blocked }
      await store.write([{ op: 'replace', in: 'ocpp_stations', doc, rev: _rev }])
      const command: CloseCommand = { close: 'Blocked by the operator' }
      if (blocked)
        await bus.request(stationCommandSubject(stationId), command).catch((error: unknown) => {
          // Not connected: nothing to close.
          if (!(error instanceof WerenodeError && error.code === 'no-responder')) throw error
        })
    },
  }
}

const withoutId = <T extends { readonly _id: string; readonly _rev?: number }>({ _id, _rev, ...rest }: T) => rest
