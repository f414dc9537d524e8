import { ask, type Bus } from '@werenode/core'
import type { CataloguePort } from './port.ts'

/** The catalogue of this node, asked over the bus. */
export const catalogueOverBus = (bus: Bus): CataloguePort => ({
  locations: (query) => ask(bus, 'catalogue.locations', query),
  location: async (id) => (await ask(bus, 'catalogue.location', { locationId: id })).location,
  tariffs: async () => (await ask(bus, 'catalogue.tariffs', {})).items,
  putRoaming: async (location) => void (await ask(bus, 'catalogue.putRoaming', { location })),
  putTariff: async (tariff) => void (await ask(bus, 'catalogue.putTariff', { tariff })),
})
