import { tariffWords } from '@werenode/design/tariff'
import type { DisplayedQuote } from '@werenode/sdk'
import { View } from 'react-native'
import { Card } from '../look/Card'
import { Notice } from '../look/Notice'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useWords } from '../words/words'

/** The whole agreement in words: the price per kWh first, then the most that can be taken and what comes back (AFIR; R15). */
export const QuoteCard = ({ quote }: { readonly quote: DisplayedQuote }) => {
  const theme = useTheme()
  const { t, locale, format } = useWords()
  const lines = tariffWords(quote.price, { locale, currency: quote.tariff.currency })
  return (
    <Card testID="quote">
      {quote.free ? (
        <Text as="subheading">{t('plug.freeOfCharge')}</Text>
      ) : (
        <Text as="subheading" testID="agreement">
          {t('price.upTo', {
            amount: format.money(quote.maxAmountMicro, { rounding: 'up' }),
            price: format.unitPrice(quote.terms.pricePerKWh, { per: 'kWh' }),
          })}
        </Text>
      )}
      <View style={{ gap: theme.space.xs }}>
        {lines.map(({ text }) => (
          <Text key={text} tone="muted">
            {text}
          </Text>
        ))}
        {!quote.free && (
          <Text as="small" tone="muted">
            {t('price.example', {
              energy: format.energy(quote.example.energyWh),
              duration: format.duration(quote.example.durationS),
              total: format.money(quote.example.totalMicro),
            })}
          </Text>
        )}
        <Text as="small" tone="muted">
          {t('price.gas')} {t(`plug.key.${quote.keyClass}`)}.
        </Text>
      </View>
      {!quote.meterCertified && <Notice kind="warning" what={t('plug.notCertified')} />}
    </Card>
  )
}
