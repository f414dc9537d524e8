import { type Clock, parseTariff, quote, type Store, type Tariff } from '@werenode/core'
import type { PlaceDoc, PlaceOffer, TariffDoc } from './collections.ts'
import { isFree, tariffInForce } from './tariff.ts'

const keepMs = 5_000
const mostKept = 10_000

/** A charge somebody has in mind. */
export interface ChosenCharge {
  readonly energyWh: number
  /** Absent: at the full power of the plug. */
  readonly minutes?: number | undefined
}

/** Tariffs as searches need them; what was read is good for five seconds. */
export const createTariffBook = ({ store, clock }: { store: Store; clock: Clock }) => {
  const kept = new Map<string, { at: number; raw: TariffDoc['tariff'] | undefined; parsed?: Tariff | undefined }>()

  const load = async (ids: readonly string[]): Promise<void> => {
    const now = clock().getTime()
    if (kept.size > mostKept) kept.clear()
    const missing = [...new Set(ids)].filter((id) => now - (kept.get(id)?.at ?? Number.NEGATIVE_INFINITY) > keepMs)
    if (missing.length === 0) return
    const docs = new Map((await store.getMany<TariffDoc>('api_tariffs', missing)).map((doc) => [doc._id, doc.tariff]))
    for (const id of missing) kept.set(id, { at: now, raw: docs.get(id) })
  }

  const inForce = ({ tariffIds }: PlaceOffer): TariffDoc['tariff'] | undefined =>
    tariffInForce(
      tariffIds.flatMap((id) => {
        const raw = kept.get(id)?.raw
        return raw ? [raw] : []
      }),
      clock(),
    )

  const parsed = (raw: TariffDoc['tariff']): Tariff | undefined => {
    const entry = kept.get(String(raw.id))
    if (entry?.raw === raw && 'parsed' in entry) return entry.parsed
    let tariff: Tariff | undefined
    try {
      tariff = parseTariff(raw)
    } catch {
      // What cannot be computed has no price here; putTariff refuses it, roaming may bring it.
    }
    if (entry?.raw === raw) entry.parsed = tariff
    return tariff
  }

  return {
    load: (places: readonly PlaceDoc[]) =>
      load(places.flatMap(({ offers = [] }) => offers.flatMap(({ tariffIds }) => tariffIds))),

    /** After `load`. */
    isFree: (place: PlaceDoc, fits: (offer: PlaceOffer) => boolean): boolean =>
      place.pays?.free === true || (place.offers ?? []).some((offer) => fits(offer) && isFree(inForce(offer))),

    /** After `load`: micro-euro at the cheapest plug that fits. */
    priceMicro(place: PlaceDoc, { energyWh, minutes }: ChosenCharge, fits: (offer: PlaceOffer) => boolean) {
      let least: bigint | undefined
      for (const offer of place.offers ?? []) {
        const raw = fits(offer) && offer.powerW > 0 ? inForce(offer) : undefined
        const tariff = raw && parsed(raw)
        if (tariff?.currency !== 'EUR') continue
        const chargingSeconds = minutes === undefined ? Math.ceil((energyWh * 3_600) / offer.powerW) : minutes * 60
        const currentA = offer.powerW / 230
        const charge = { timeZone: place.timeZone, startAt: clock(), energyWh, chargingSeconds, currentA }
        const { totalInclVatMicro } = quote(tariff, charge)
        if (least === undefined || totalInclVatMicro < least) least = totalInclVatMicro
      }
      return least
    },
  }
}
export type TariffBook = ReturnType<typeof createTariffBook>
