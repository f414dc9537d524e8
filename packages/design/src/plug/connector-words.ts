import { plugEn, plugFr } from '../catalogue/words/plug.ts'
import type { Locale } from '../format/locale.ts'
import { connectorFamily } from './connector.ts'

/** A connector's name, for an app that needs no other words of the house: `CCS (Combo 2)`. */
export const connectorWords = (standard: string, locale: Locale): string =>
  (locale === 'fr' ? plugFr : plugEn)[`connector.${connectorFamily(standard)}`]
