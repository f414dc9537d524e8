import type { Locale } from '../format/locale.ts'
import type { Catalogue, Translate } from './translate.ts'
import { createTranslate } from './translate.ts'
import { errorsEn, errorsFr } from './words/errors.ts'
import { interfaceEn, interfaceFr } from './words/interface.ts'
import { operatorEn, operatorFr } from './words/operator.ts'
import { placeEn, placeFr } from './words/place.ts'
import { plugEn, plugFr } from './words/plug.ts'
import { priceEn, priceFr } from './words/price.ts'
import { roamingEn, roamingFr } from './words/roaming.ts'
import { sessionEn, sessionFr } from './words/session.ts'
import { tariffEn, tariffFr } from './words/tariff.ts'
import { unitsEn, unitsFr } from './words/units.ts'
import { walletEn, walletFr } from './words/wallet.ts'

const en = {
  ...sessionEn,
  ...priceEn,
  ...plugEn,
  ...placeEn,
  ...tariffEn,
  ...walletEn,
  ...errorsEn,
  ...interfaceEn,
  ...operatorEn,
  ...roamingEn,
  ...unitsEn,
}

/** The words of the house. An app adds its own with `joinCatalogues`, and changes none of these. */
export const houseCatalogue: Catalogue<typeof en> = {
  en,
  fr: {
    ...sessionFr,
    ...priceFr,
    ...plugFr,
    ...placeFr,
    ...tariffFr,
    ...walletFr,
    ...errorsFr,
    ...interfaceFr,
    ...operatorFr,
    ...roamingFr,
    ...unitsFr,
  },
}

export type HouseMessages = typeof en
export type MessageKey = keyof HouseMessages
export type HouseTranslate = Translate<HouseMessages>

/** The house's words in one language: `const t = houseWords('fr')`. */
export const houseWords = (locale: Locale): HouseTranslate => createTranslate(houseCatalogue, locale)

/** Whether a text (a code from the wire) makes a key of the house: `isMessageKey(`error.${code}`)`. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key)
