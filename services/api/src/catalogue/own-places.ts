import { type Party, type Principal, partyOf, type Store, type Stored, WerenodeError } from '@werenode/core'
import type { NewLocation } from './catalogue.ts'
import type { LocationDoc, TariffDoc } from './collections.ts'

/** Whose a station is; undefined for one nobody knows. */
export type StationParty = (stationId: string) => Promise<Party | undefined>

export interface OwnPlaces {
  /** A location of the party; undefined: nobody has that id. Throws `conflict` when it is another's. */
  find(party: Party, locationId: string): Promise<Stored<LocationDoc> | undefined>
  /** Whether the party may put this: its own EVSE ids, tariffs and stations. Answers the location as it is now. */
  check(
    principal: Principal,
    party: Party,
    location: Pick<NewLocation, 'id' | 'evses'>,
  ): Promise<Stored<LocationDoc> | undefined>
}

/** What is a party's own in the catalogue. */
export const createOwnPlaces = ({ store, stationParty }: { store: Store; stationParty?: StationParty }): OwnPlaces => {
  const find: OwnPlaces['find'] = async (party, locationId) => {
    const doc = await store.get<LocationDoc>('api_locations', locationId)
    if (doc && (doc.party !== party || doc.source === 'irve' || doc.source === 'roaming'))
      throw new WerenodeError('conflict', `The location id ${locationId} is taken`, { hint: 'Choose another id.' })
    return doc
  }

  return {
    find,
    async check(principal, party, { id, evses }) {
      const known = await find(party, id)
      for (const { evseId, connectors } of evses) {
        if (partyOf(evseId) !== party)
          throw new WerenodeError('invalid-input', `EVSE ${evseId} is not one of ${party}`, {
            hint: `Its id begins with ${party.replace('*', '')}E or ${party}*E.`,
          })
        if (new Set(connectors.map((one) => one.id)).size < connectors.length)
          throw new WerenodeError('invalid-input', `Two connectors of EVSE ${evseId} have the same number`)
      }
      const tariffIds = [...new Set(evses.flatMap(({ connectors }) => connectors.flatMap((one) => one.tariffIds)))]
      const tariffs = new Map((await store.getMany<TariffDoc>('api_tariffs', tariffIds)).map((doc) => [doc._id, doc]))
      const missing = tariffIds.find((tariffId) => tariffs.get(tariffId)?.party !== party)
      if (missing !== undefined)
        throw new WerenodeError('invalid-input', `${party} has no tariff ${missing}`, {
          hint: 'Put the tariff first: PUT /v1/parties/{party}/tariffs/{tariffId}.',
        })
      if (principal.scopes.includes('admin')) return known
      // Whoever names a station commands it, so it must be the party's own.
      for (const stationId of new Set(evses.flatMap(({ station }) => (station ? [station.stationId] : []))))
        if ((await stationParty?.(stationId)) !== party)
          throw new WerenodeError('invalid-input', `${party} has no station ${stationId}`, {
            hint: 'Provision the station for this party first.',
          })
      return known
    },
  }
}
