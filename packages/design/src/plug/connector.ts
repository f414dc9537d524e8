import type { HouseTranslate } from '../catalogue/catalogue.ts'
import type { IconName } from '../icons/names.ts'

/** The kinds of connector a person tells apart, with icon and words. OCPI's finer ones (types A to O, NEMA sizes, ...) fall into them. */
export interface ConnectorLook {
  readonly icon: IconName
  readonly words: string
}

const connectorIcons = {
  IEC_62196_T2: 'plugType2',
  IEC_62196_T2_COMBO: 'plugCcs2',
  CHADEMO: 'plugChademo',
  CHAOJI: 'plugChademo',
  IEC_62196_T1: 'plugType1',
  IEC_62196_T1_COMBO: 'plugCcs1',
  IEC_62196_T3A: 'plug',
  IEC_62196_T3C: 'plug',
  DOMESTIC: 'plugDomestic',
  DOMESTIC_E: 'plugDomestic',
  DOMESTIC_F: 'plugDomestic',
  CEE: 'plugCee',
  GBT_AC: 'plugGbt',
  GBT_DC: 'plugGbt',
  MCS: 'plugMcs',
  NACS: 'plugNacs',
  TESLA_R: 'plugNacs',
  TESLA_S: 'plugNacs',
  NEMA: 'plugDomestic',
  PANTOGRAPH: 'pantograph',
  UNKNOWN: 'plug',
} as const satisfies Readonly<Record<string, IconName>>
export type ConnectorFamily = keyof typeof connectorIcons

/** OCPI 2.2.1 §8.4.5 ConnectorType (and 2.3.0's SAE_J3400, MCS) as the family a driver knows. */
export const connectorFamily = (standard: string): ConnectorFamily => {
  const name = standard.toUpperCase()
  if (Object.hasOwn(connectorIcons, name)) return name as ConnectorFamily
  if (name === 'SAE_J3400') return 'NACS'
  if (name.startsWith('DOMESTIC_')) return 'DOMESTIC'
  if (name.startsWith('IEC_60309_')) return 'CEE'
  if (name.startsWith('NEMA_')) return 'NEMA'
  if (name.startsWith('PANTOGRAPH_')) return 'PANTOGRAPH'
  return 'UNKNOWN'
}

export const connectorLook = (t: HouseTranslate, standard: string): ConnectorLook => {
  const family = connectorFamily(standard)
  return { icon: connectorIcons[family], words: t(`connector.${family}`) }
}
