import { describeTariff, parseTariff } from '@werenode/core'
import type { Locale } from '@werenode/design/format'
import { tariffShort, tariffWords } from '@werenode/design/tariff'

/** A published tariff: in one line, and each part of it in a sentence. Undefined where none is published or its rules cannot be said. */
export const tariffInWords = (
  tariff: unknown,
  locale: Locale,
): { readonly short: string; readonly lines: readonly string[] } | undefined => {
  if (tariff === undefined) return undefined
  try {
    const parsed = parseTariff(tariff)
    const parts = describeTariff(parsed)
    const how = { locale, currency: parsed.currency }
    return { short: tariffShort(parts, how), lines: tariffWords(parts, how).map(({ text }) => text) }
  } catch {
    // A rule the pricing engine refuses: a quote says so when it is asked for.
    return undefined
  }
}
