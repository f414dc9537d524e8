import { isWerenodeError } from '@werenode/core'
import {
  createTranslate,
  houseCatalogue,
  joinCatalogues,
  type SaidProblem,
  sayProblem,
} from '@werenode/design/catalogue'
import { createFormat, type Format, type Locale } from '@werenode/design/format'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { ConnectProblem } from '../wallet/connect-problem'
import { en } from './en'
import { fr } from './fr'

export const catalogue = joinCatalogues(houseCatalogue, { en, fr })
export type Words = ReturnType<typeof wordsOf>

/** Everything the app says in one language, with figures in its forms. */
export const wordsOf = (locale: Locale) => {
  const t = createTranslate(catalogue, locale)
  const house = createTranslate(houseCatalogue, locale)
  return {
    locale,
    t,
    format: createFormat({ locale }) as Format,
    /** Of the place where a charge happens. */
    formatAt: (timeZone: string): Format => createFormat({ locale, timeZone }),
    /** A problem in the reader's words; what is no problem of ours keeps its own sentence. */
    say: (error: unknown): SaidProblem =>
      error instanceof ConnectProblem
        ? {
            what: t(`connect.${error.reason}`, { said: String(error.data.said) }),
            todo: t(`connect.${error.reason}.do`),
          }
        : isWerenodeError(error)
          ? sayProblem(house, { code: error.code, detail: error.message })
          : { what: error instanceof Error ? error.message : String(error), todo: undefined },
  }
}

const WordsContext = createContext<Words>(wordsOf('en'))

export const WordsProvider = ({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) => {
  const words = useMemo(() => wordsOf(locale), [locale])
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
}

export const useWords = (): Words => useContext(WordsContext)
