import type { Catalogue } from '@werenode/design/catalogue'
import { type HouseMessages, houseCatalogue, joinCatalogues } from '@werenode/design/catalogue'
import { memberEn } from './member-en.ts'
import { memberFr } from './member-fr.ts'

/** The house's words and this app's own. */
export const memberCatalogue: Catalogue<HouseMessages & typeof memberEn> = joinCatalogues(houseCatalogue, {
  en: memberEn,
  fr: memberFr,
})
