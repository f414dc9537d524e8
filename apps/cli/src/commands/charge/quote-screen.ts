import { describeTariff, parseTariff, type Quote } from '@werenode/core'
import { tariffWords } from '@werenode/design/tariff'
import { visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'

export interface QuoteFacts {
  readonly quote: Quote
  readonly connector: number
  readonly standardWords: string
  readonly maxPowerW: number
  readonly creditMicro: bigint
}

/**
 * The whole price before anything is signed, per kWh first (Regulation (EU) 2023/1804, Article 5), then what is locked and until when
 * the price holds.
 */
export const quoteScreen = (
  { quote, connector, standardWords, maxPowerW, creditMicro }: QuoteFacts,
  screen: Screen,
): string => {
  const { paint, format, glyphs } = screen
  const tariff = parseTariff(quote.tariff)
  const { terms, example } = quote
  const free = BigInt(terms.maxAmount) === 0n
  const prices = tariffWords(describeTariff(tariff, 'en'), {
    locale: 'en',
    currency: tariff.currency,
    money: { show: 'code' },
  })
  const lines = [
    paint.strong(visible(quote.locationName)),
    `${format.evseId(quote.evseId)}, connector ${connector}, ${standardWords}, up to ${format.power(maxPowerW)}`,
    '',
    ...prices.map(({ text }, index) => `  ${index === 0 ? paint.strong(text) : text}`),
    '',
    `  For example ${format.energy(example.energyWh)} in ${format.duration(example.durationS)}: ${format.money(example.totalMicro)}`,
  ]
  if (!free)
    lines.push(
      `  Locked until the end: ${paint.strong(format.money(terms.maxAmount))} of your credit of ${format.money(creditMicro)}; what is not used comes back at once`,
    )
  lines.push(
    `  The energy is attested by ${quote.keyClass === 'STATION' ? "the station's meter" : "the operator's gateway, which reads the station's meter"}`,
    paint.muted(
      `  ${glyphs.bullet} price good until ${format.time(new Date(terms.openBy * 1000), { seconds: true })}, session ${format.hex(quote.sessionId)}`,
    ),
  )
  return lines.join('\n')
}
