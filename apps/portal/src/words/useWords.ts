import useDocusaurusContext from '@docusaurus/useDocusaurusContext'
import { createTranslate, type Translate } from '@werenode/design/catalogue'
import { createFormat, type Format, type Locale } from '@werenode/design/format'
import { useMemo } from 'react'
import { portalCatalogue } from './portal'

export type Words = Translate<(typeof portalCatalogue)['en']>

/** What is said on this page, in its language. */
export const useWords = (timeZone?: string): { t: Words; format: Format; locale: Locale } => {
  const { i18n } = useDocusaurusContext()
  const locale: Locale = i18n.currentLocale === 'fr' ? 'fr' : 'en'
  return useMemo(
    () => ({
      t: createTranslate(portalCatalogue, locale) as Words,
      format: createFormat({ locale, ...(timeZone === undefined ? {} : { timeZone }) }),
      locale,
    }),
    [locale, timeZone],
  )
}
