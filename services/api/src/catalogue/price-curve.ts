import { describeTariff, parseTariff, quote } from '@werenode/core'
import { tariffWords } from '@werenode/design'

/** What a tariff costs at evenly spaced amounts of energy, and what it says in words; by the engine that prices charges. */
export const priceCurve = (wish: {
  tariff: unknown
  timeZone: string
  startAt: Date
  powerW: number
  energyWh: number
  parkingMinutes: number
  points: number
}) => {
  const { timeZone, startAt, powerW, parkingMinutes } = wish
  const tariff = parseTariff(wish.tariff)
  const points = Array.from({ length: wish.points }, (_, index) => {
    const energyWh = Math.round((wish.energyWh * index) / (wish.points - 1))
    const chargingSeconds = Math.ceil((energyWh * 3_600) / powerW)
    const price = quote(tariff, {
      timeZone,
      startAt,
      energyWh,
      chargingSeconds,
      parkingSeconds: parkingMinutes * 60,
      powerW,
      currentA: powerW / 230,
    })
    return {
      energyWh,
      chargingSeconds,
      totalInclVatMicro: price.totalInclVatMicro.toString(),
      totalExclVatMicro: price.totalExclVatMicro.toString(),
    }
  })
  const { currency } = tariff
  const words = (locale: 'en' | 'fr'): readonly string[] =>
    tariffWords(describeTariff(tariff), { locale, currency }).map(({ text }) => text)
  return { currency, points, words: { en: words('en'), fr: words('fr') } }
}
