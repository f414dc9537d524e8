import { type Clock, type Doc, isWerenodeError, type Store, type Stored } from '@werenode/core'
import { keyPart } from '../keep/key.ts'

/** A start we asked a station for: kept before it is sent, so that the transaction that follows is known whatever dies between. */
export interface RemoteStart extends Doc {
  /** `<stationId>/<idTag in capitals>` */
  readonly _id: string
  readonly stationId: string
  readonly evse: number
  readonly connector: number
  readonly sessionId: string
  readonly idTag: string
  readonly remoteStartId: number
  readonly requestedAt: string
  /** The station said yes. */
  readonly acceptedAt?: string
}

export interface RemoteStarts {
  /** The same session's start again keeps the first row. */
  keep(start: Omit<RemoteStart, '_id' | 'requestedAt'>): Promise<Stored<RemoteStart>>
  accepted(start: Stored<RemoteStart>): Promise<void>
  /**
   * The start an id at the station belongs to. Compared as a CiString; a suffix that a load-management group appends (`_serial`,
   * KEBA) is looked past.
   */
  find(stationId: string, givenIdTag: string): Promise<Stored<RemoteStart> | undefined>
  /** By the number a 2.x station repeats in its first TransactionEvent. */
  findNumber(stationId: string, remoteStartId: number): Promise<Stored<RemoteStart> | undefined>
}

export const createRemoteStarts = ({ store, clock }: { store: Store; clock: Clock }): RemoteStarts => {
  const idOf = (stationId: string, idTag: string): string => `${stationId}/${keyPart(idTag.toUpperCase())}`
  const get = (stationId: string, idTag: string) => store.get<RemoteStart>('ocpp_remote_starts', idOf(stationId, idTag))

  return {
    keep: async (start) => {
      const known = await get(start.stationId, start.idTag)
      if (known) return known
      const row: RemoteStart = {
        _id: idOf(start.stationId, start.idTag),
        ...start,
        requestedAt: clock().toISOString(),
      }
      const [rev] = await store.write([{ op: 'put', in: 'ocpp_remote_starts', doc: row }])
      return { ...row, _rev: rev! }
    },
    accepted: async (start) => {
      const { _rev, ...row } = start
      if (row.acceptedAt !== undefined) return
      const doc: RemoteStart = { ...row, acceptedAt: clock().toISOString() }
      try {
        await store.write([{ op: 'replace', in: 'ocpp_remote_starts', doc, rev: _rev }])
      } catch (error) {
        // Somebody else wrote the same a moment before.
        if (!(isWerenodeError(error) && error.code === 'conflict')) throw error
      }
    },
    find: async (stationId, givenIdTag) => {
      if (givenIdTag === '') return undefined
      const exact = await get(stationId, givenIdTag)
      if (exact) return exact
      const cut = givenIdTag.indexOf('_')
      return cut > 0 ? get(stationId, givenIdTag.slice(0, cut)) : undefined
    },
    findNumber: async (stationId, remoteStartId) =>
      (
        await store.find<RemoteStart>(
          'ocpp_remote_starts',
          { stationId, remoteStartId },
          { sort: [['requestedAt', -1]], limit: 1 },
        )
      ).items[0],
  }
}
