import {
  type Address,
  answer,
  type Bus,
  type Clock,
  isoTime,
  type Party,
  partyOf,
  type Store,
  type Unsubscribe,
} from '@werenode/core'
import type { EvseDoc } from '../catalogue/collections.ts'
import type { FreeUserDoc } from './things.ts'

export const freeUserId = (party: Party, kind: 'card' | 'driver', what: string): string =>
  `${party} ${kind}:${what.toLowerCase()}`

/** Answers `catalogue.freeUser`: whether the party that runs a station lets this card or driver charge for nothing. */
export const serveFreeUsers = ({ store, bus, clock }: { store: Store; bus: Bus; clock: Clock }): Unsubscribe =>
  answer(bus, 'catalogue.freeUser', async ({ stationId, cardHash, driver }) => {
    const { items } = await store.find<EvseDoc>('api_evses', { stationId }, { limit: 1 })
    if (!items[0]) return { free: false }
    const party = partyOf(items[0].evseId)
    const ids = [
      ...(cardHash === undefined ? [] : [freeUserId(party, 'card', cardHash)]),
      ...(driver === undefined ? [] : [freeUserId(party, 'driver', driver satisfies Address)]),
    ]
    const now = isoTime(clock())
    const users = await store.getMany<FreeUserDoc>('api_free_users', ids)
    return { free: users.some(({ until }) => until === undefined || until > now) }
  })
