import { demoStations } from '../../demo/stations.ts'
import { demoTariffs } from '../../demo/tariffs.ts'
import { type PlugBook, parsePlugBook } from './plug-book.ts'

/** The demo's stations as a plug book: what an operator node runs when nobody gave it one. */
export const demoBook = (): PlugBook =>
  parsePlugBook({
    party: 'FR*WRN',
    operatorName: 'Werenode demo',
    tariffs: Object.values(demoTariffs),
    places: demoStations.map(({ stationId, place, evseIds, connector, tariffId }) => ({
      ...place,
      countryCode: 'FR',
      timeZone: 'Europe/Paris',
      evses: evseIds.map((evseId, index) => ({
        evseId,
        stationId,
        evse: index + 1,
        connectors: [{ id: 1, ...connector, tariffId }],
      })),
    })),
    plugs: [],
  })
