import { type EvseId, evseKey, parseEvseId, type Store, WerenodeError } from '@werenode/core'
import type { ObjectDoc } from '../collections.ts'
import type { Connector, Evse, Location, PartyRef } from '../model/model.ts'
import { sameId } from '../modules/sender.ts'
import { docId, plainId } from '../objects/object-id.ts'

/** One of our plugs, by the names partners have for it and by ours. */
export interface OwnPlug {
  readonly location: Location
  readonly evse: Evse
  readonly evseId: EvseId
  readonly connector: Connector
}

/** Finds our plugs among our OCPI locations. @throws WerenodeError `not-found` in words for the partner. */
export const createOwnPlugs = ({ store, us }: { store: Store; us: PartyRef }) => {
  const locationOf = async (locationId: string): Promise<Location> => {
    const doc = await store.get<ObjectDoc<'locations'>>(
      'ocpi_objects',
      docId('own', 'locations', plainId(us, locationId)),
    )
    if (doc !== undefined && !doc.gone) return doc.object
    throw new WerenodeError('not-found', `There is no location ${locationId} here`)
  }

  const plugOf = (location: Location, evse: Evse, connectorId: string | undefined): OwnPlug => {
    const connector = evse.connectors.find(({ id }) => connectorId === undefined || sameId(id, connectorId))
    if (connector === undefined || evse.evse_id === undefined)
      throw new WerenodeError('not-found', `EVSE ${evse.uid} of location ${location.id} has no such connector`)
    return { location, evse, evseId: parseEvseId(evse.evse_id), connector }
  }

  return {
    /** By a partner's words. Without an EVSE it is one that is free (mod_commands, StartSession.evse_uid is optional). */
    find: async (ask: { locationId: string; evseUid?: string; connectorId?: string }): Promise<OwnPlug> => {
      const location = await locationOf(ask.locationId)
      const evses = (location.evses ?? []).filter(({ status }) => status !== 'REMOVED')
      const { evseUid } = ask
      const evse =
        evseUid === undefined
          ? (evses.find(({ status }) => status === 'AVAILABLE') ?? evses[0])
          : evses.find(({ uid }) => sameId(uid, evseUid))
      if (evse === undefined) throw new WerenodeError('not-found', `Location ${location.id} has no such EVSE`)
      return plugOf(location, evse, ask.connectorId)
    },
    /** By our own words. */
    of: async (locationId: string, evseId: EvseId, connector: number): Promise<OwnPlug> => {
      const location = await locationOf(locationId)
      const evse = location.evses?.find(({ evse_id }) => evse_id !== undefined && evseKey(evse_id) === evseKey(evseId))
      if (evse === undefined)
        throw new WerenodeError('not-found', `EVSE ${evseId} of location ${locationId} is not told to partners`)
      return plugOf(location, evse, String(connector))
    },
  }
}
export type OwnPlugs = ReturnType<typeof createOwnPlugs>
