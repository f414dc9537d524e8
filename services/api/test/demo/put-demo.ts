import type { Catalogue } from '../../src/catalogue/catalogue.ts'
import { demoLocations } from './locations.ts'
import { demoTariffs } from './tariffs.ts'

/** Puts the demo party's tariffs and locations into the catalogue; again and again is the same as once. */
export const putDemo = async (catalogue: Catalogue): Promise<void> => {
  for (const tariff of demoTariffs) await catalogue.putTariff(tariff)
  for (const location of demoLocations) await catalogue.putLocation(location)
}
