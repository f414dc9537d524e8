import type { Clock } from '@werenode/core'
import type { LocationQuery } from '../contract/catalogue.ts'
import type { PlaceOffer } from './collections.ts'
import { isOpenAt } from './opening-hours.ts'
import type { Found } from './search.ts'
import type { TariffBook } from './tariff-book.ts'

/** Lets through what is open, free or cheap enough, and says so of each; undefined when the question asks for none of it. */
export const createSieve = (
  { clock, tariffs }: { clock: Clock; tariffs: TariffBook },
  query: LocationQuery,
): ((found: readonly Found[]) => Promise<readonly Found[]>) | undefined => {
  const { openNow, free, energyWh, minutes, maxPriceMicro, standard, minPowerW = 0 } = query
  if (openNow === undefined && free === undefined && energyWh === undefined) return undefined
  const fits = (offer: PlaceOffer): boolean =>
    offer.powerW >= minPowerW && (standard === undefined || standard.includes(offer.standard))

  return async (found) => {
    const at = clock()
    if (free !== undefined || energyWh !== undefined) await tariffs.load(found.map(({ doc }) => doc))
    return found.flatMap((one): readonly Found[] => {
      const { doc } = one
      const open = openNow === undefined || doc.hours === undefined ? undefined : isOpenAt(doc.hours, doc.timeZone, at)
      if (openNow && open !== true) return []
      const costsNothing = free === undefined ? undefined : tariffs.isFree(doc, fits)
      if (free && !costsNothing) return []
      const priceMicro = energyWh === undefined ? undefined : tariffs.priceMicro(doc, { energyWh, minutes }, fits)
      if (maxPriceMicro !== undefined && (priceMicro === undefined || priceMicro > BigInt(maxPriceMicro))) return []
      const also = {
        ...(open === undefined ? {} : { openNow: open }),
        ...(costsNothing === undefined ? {} : { free: costsNothing }),
        ...(priceMicro === undefined ? {} : { priceMicro: priceMicro.toString() }),
      }
      return [{ ...one, also }]
    })
  }
}
