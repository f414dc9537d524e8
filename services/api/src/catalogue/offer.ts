import {
  type Address,
  answer,
  type Bus,
  type Clock,
  type ConnectorOffer,
  type EvseKey,
  evseKey,
  type Hex,
  type Requests,
  type Store,
  type Stored,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { EvseDoc, LocationDoc, StationLinkDoc, TariffDoc } from './collections.ts'
import { isFree, tariffInForce } from './tariff.ts'

/** On whose behalf a paid plug is offered. */
export interface OperatorIdentity {
  readonly operatorId: Hex
  readonly payee: Address
}

/** Serves `catalogue.offer`: all that is needed to quote, start and settle a charge at one connector. */
export const serveOffers = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  operator: () => Promise<OperatorIdentity>
}): Unsubscribe => answer(deps.bus, 'catalogue.offer', createOffer(deps))

export const createOffer = ({
  store,
  clock,
  operator,
}: {
  store: Store
  clock: Clock
  operator: () => Promise<OperatorIdentity>
}) => {
  const findEvse = async (ask: Requests['catalogue.offer']['ask']): Promise<Stored<EvseDoc>> => {
    const found =
      'evseId' in ask
        ? await store.get<EvseDoc>('api_evses', evseKey(ask.evseId) as EvseKey)
        : (await store.find<EvseDoc>('api_evses', { stationId: ask.stationId, evse: ask.evse }, { limit: 1 })).items[0]
    if (found) return found
    throw new WerenodeError(
      'not-found',
      'evseId' in ask
        ? `No EVSE ${ask.evseId} is known here`
        : `Station ${ask.stationId} has no EVSE ${ask.evse} in the catalogue`,
      { hint: 'Check the id on the plug or its QR code.' },
    )
  }

  return async (ask: Requests['catalogue.offer']['ask']): Promise<ConnectorOffer> => {
    const index = await findEvse(ask)
    const location = await store.get<LocationDoc>('api_locations', index.locationId)
    const evse = location?.evses.find(({ evseId }) => evseId === index.evseId)
    if (!location || !evse || location.gone || evse.status === 'REMOVED')
      throw new WerenodeError('not-found', `EVSE ${index.evseId} is no longer there`)
    const connector = evse.connectors.find(({ id }) => id === ask.connector)
    if (!connector)
      throw new WerenodeError('not-found', `EVSE ${evse.evseId} has no connector ${ask.connector}`, {
        hint: `It has ${evse.connectors.map(({ id }) => id).join(', ') || 'none'}.`,
      })
    if (!evse.payable || !evse.station)
      throw new WerenodeError('not-payable', `${location.name} is shown, but cannot be used with Werenode yet`, {
        hint:
          location.source === 'irve'
            ? 'It comes from open data. Its operator can connect it at any time; until then use their own way to pay.'
            : 'Choose another plug.',
      })
    const link = await store.get<StationLinkDoc>('api_station_links', evse.station.stationId)
    const tariffs = (await store.getMany<TariffDoc>('api_tariffs', connector.tariffIds)).map(({ tariff }) => tariff)
    const tariff = tariffInForce(tariffs, clock())
    const free = isFree(tariff)
    // A free plug works without the chain; a paid one must know whom the money goes to.
    const { operatorId, payee } = free ? await operator().catch(() => nobody) : await operator()
    return {
      evseId: evse.evseId,
      locationId: location.id,
      locationName: location.name,
      party: location.party,
      stationId: evse.station.stationId,
      evse: evse.station.evse,
      connector: connector.id,
      connectorStandard: connector.standard,
      maxPowerW: connector.maxPowerW,
      status: evse.status,
      timeZone: location.timeZone,
      payable: true,
      free,
      tariff: tariff ?? null,
      operatorId,
      payee,
      keyClass: 'GATEWAY',
      meterCertified: connector.meterCertified === true && link?.protocol !== 'mqtt',
    }
  }
}

const nobody: OperatorIdentity = { operatorId: `0x${'0'.repeat(64)}`, payee: `0x${'0'.repeat(40)}` }
