import { houseWords } from '@werenode/design/catalogue'
import { connectorLook } from '@werenode/design/plug'
import { tariffWords } from '@werenode/design/tariff'
import { visible } from '@werenode/design/terminal'
import type { DisplayedQuote } from '@werenode/sdk'
import type { Screen } from '../../terminal/screen.ts'

export interface QuoteFacts {
  readonly quote: DisplayedQuote
  readonly standard: string
  readonly maxPowerW: number
  readonly creditMicro: bigint
}

/**
 * The whole price before anything is signed, per kWh first (Regulation (EU) 2023/1804, Article 5), then what is locked and until when
 * the price holds. All of it comes from the very terms that will be signed.
 */
export const quoteScreen = ({ quote, standard, maxPowerW, creditMicro }: QuoteFacts, screen: Screen): string => {
  const { paint, format, glyphs } = screen
  const { example, tariff } = quote
  const prices = tariffWords(quote.price, { locale: 'en', currency: tariff.currency, money: { show: 'code' } })
  const plug = connectorLook(houseWords('en'), standard).words
  const attested =
    quote.keyClass === 'STATION'
      ? "the station's own meter key"
      : "the operator's gateway, which reads the station's meter"
  return [
    paint.strong(visible(quote.locationName)),
    `${format.evseId(quote.evseId)}, connector ${quote.connector}, ${plug}, up to ${format.power(maxPowerW)}`,
    '',
    ...prices.map(({ text }, index) => `  ${index === 0 ? paint.strong(text) : text}`),
    '',
    `  For example ${format.energy(example.energyWh)} in ${format.duration(example.durationS)}: ${format.money(example.totalMicro)}`,
    ...(quote.free
      ? []
      : [
          `  Locked until the end: ${paint.strong(format.money(quote.maxAmountMicro))} of your credit of ${format.money(creditMicro)};`,
          '  what is not used comes back at once.',
        ]),
    `  The energy is attested by ${attested}.`,
    ...(quote.meterCertified
      ? []
      : [
          `  ${paint.warning(glyphs.warning)} ${paint.strong('Not certified:')} this meter is not certified for billing.`,
        ]),
    paint.muted(
      `  ${glyphs.bullet} price good until ${format.time(quote.expiresAt, { seconds: true })}, session ${format.hex(quote.sessionId)}`,
    ),
  ].join('\n')
}
