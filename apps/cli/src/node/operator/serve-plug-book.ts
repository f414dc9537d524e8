import {
  answer,
  ask,
  type Bus,
  type Clock,
  type ConnectorOffer,
  type ConnectorStatus,
  type EventEnvelope,
  type Evse,
  type EvseStatus,
  evseKey,
  evseStatusOf,
  type Location,
  type Party,
  parseTariff,
  type Requests,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { BookEvse, BookPlace, PlugBook } from './plug-book.ts'

/**
 * Answers what the manager asks of a catalogue from the plug book alone. What stations say of themselves is kept in memory: they say it
 * again whenever they connect.
 */
export const servePlugBook = (deps: { bus: Bus; clock: Clock; book: PlugBook }): Unsubscribe => {
  const { bus, clock, book } = deps
  const statuses = new Map<string, { status: EvseStatus; at: string }>()
  const overMqtt = new Set(book.plugs.map(({ plugId }) => plugId))
  const placeKey = (stationId: string, evse: number): string => `${stationId}/${evse}`
  const all = book.places.flatMap((place) => place.evses.map((evse) => ({ place, evse })))
  const startedAt = clock().toISOString()

  const statusOf = (evse: BookEvse): { status: EvseStatus; at: string } =>
    statuses.get(placeKey(evse.stationId, evse.evse)) ?? { status: 'UNKNOWN', at: startedAt }

  const find = (question: Requests['catalogue.offer']['ask']): { place: BookPlace; evse: BookEvse } => {
    const found = all.find(({ evse }) =>
      'evseId' in question
        ? evseKey(evse.evseId) === evseKey(question.evseId)
        : evse.stationId === question.stationId && evse.evse === question.evse,
    )
    if (found !== undefined) return found
    throw new WerenodeError('not-found', 'This plug is not in the plug book', {
      hint: 'Add it to the file named by --plugs and start again.',
    })
  }

  const offer = async (question: Requests['catalogue.offer']['ask']): Promise<ConnectorOffer> => {
    const { place, evse } = find(question)
    const connector = evse.connectors.find(({ id }) => id === question.connector)
    if (connector === undefined)
      throw new WerenodeError('not-found', `EVSE ${evse.evseId} has no connector ${question.connector}`)
    const tariff = book.tariffs.find(({ id }) => id === connector.tariffId)
    const { operatorId, payee } = await ask(bus, 'relayer.network', {})
    return {
      evseId: evse.evseId,
      locationId: place.id,
      locationName: place.name,
      party: book.party as Party,
      stationId: evse.stationId,
      evse: evse.evse,
      connector: connector.id,
      connectorStandard: connector.standard,
      maxPowerW: connector.maxPowerW,
      status: statusOf(evse).status,
      timeZone: place.timeZone,
      payable: true,
      free: costsNothing(tariff),
      tariff,
      operatorId,
      payee,
      keyClass: 'GATEWAY',
      meterCertified: connector.meterCertified === true && !overMqtt.has(evse.stationId),
    }
  }

  const locationOf = (place: BookPlace): Location => ({
    id: place.id,
    party: book.party as Party,
    operatorName: book.operatorName,
    name: place.name,
    address: place.address,
    city: place.city,
    countryCode: place.countryCode,
    position: place.position,
    timeZone: place.timeZone,
    source: 'own',
    lastUpdated: startedAt,
    evses: place.evses.map(
      (evse): Evse => ({
        uid: evse.evseId,
        evseId: evse.evseId,
        status: statusOf(evse).status,
        statusAt: statusOf(evse).at,
        payable: true,
        station: { stationId: evse.stationId, evse: evse.evse },
        connectors: evse.connectors.map(({ tariffId, ...connector }) => ({ ...connector, tariffIds: [tariffId] })),
      }),
    ),
  })

  const note = (stationId: string, evse: number | undefined, status: EvseStatus, at: string): void => {
    for (const one of all)
      if (one.evse.stationId === stationId && (evse === undefined || one.evse.evse === evse))
        statuses.set(placeKey(stationId, one.evse.evse), { status, at })
  }
  const untap = bus.tap(['station.status', 'station.disconnected'], (event) => {
    if (event.type === 'station.disconnected')
      return note((event as EventEnvelope<'station.disconnected'>).data.stationId, undefined, 'UNKNOWN', event.at)
    const { stationId, evse, status, stale } = (event as EventEnvelope<'station.status'>).data
    if (stale) return
    // OCPP 1.6: connector 0 speaks for the whole station; only its being out of service touches the plugs.
    if (evse > 0) note(stationId, evse, evseStatusOf(status), event.at)
    else if (outOfService.has(status)) note(stationId, undefined, evseStatusOf(status), event.at)
  })

  const served = [
    answer(bus, 'catalogue.offer', offer),
    answer(bus, 'catalogue.locations', async ({ after, limit }) => {
      const from = after === undefined ? 0 : Number(after)
      const items = book.places.slice(from, from + limit).map(locationOf)
      return { items, ...(from + limit < book.places.length ? { next: String(from + limit) } : {}) }
    }),
    answer(bus, 'catalogue.location', async ({ locationId }) => {
      const place = book.places.find(({ id }) => id === locationId)
      return place === undefined ? {} : { location: locationOf(place) }
    }),
  ]
  return async () => {
    await untap()
    for (const leave of served) await leave()
  }
}

const outOfService: ReadonlySet<ConnectorStatus> = new Set(['Unavailable', 'Faulted'])

/** No element charges anything: no money, so no escrow. */
const costsNothing = (tariff: unknown): boolean =>
  parseTariff(tariff).elements.every(({ price_components }) =>
    price_components.every(({ price }) => Number(price) === 0),
  )
