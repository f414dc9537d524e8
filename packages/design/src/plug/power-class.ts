import type { HouseTranslate } from '../catalogue/catalogue.ts'
import { formatPower } from '../format/energy.ts'
import type { Locale } from '../format/locale.ts'

/** How fast a plug is, as filters and the size of markers tell it. The bounds are those of Regulation (EU) 2023/1804, Annex III, simplified. */
export const powerClasses = ['slow', 'normal', 'fast', 'ultra'] as const
export type PowerClass = (typeof powerClasses)[number]

/** The most a class gives, W; `ultra` has no end. */
export const powerClassLimitW: Readonly<Record<PowerClass, number>> = {
  slow: 7_400,
  normal: 22_000,
  fast: 149_999,
  ultra: Number.POSITIVE_INFINITY,
}

export const powerClassOf = (maxPowerW: number): PowerClass =>
  powerClasses.find((name) => maxPowerW <= powerClassLimitW[name]) ?? 'ultra'

/** `Fast (up to 150 kW)`. */
export const powerClassWords = (t: HouseTranslate, locale: Locale, name: PowerClass): string =>
  t(`power.${name}`, {
    power: formatPower(name === 'ultra' || name === 'fast' ? 150_000 : powerClassLimitW[name], locale),
  })
