import { getLocales } from 'expo-localization'

/** Languages the person reads, the dearest first: `fr-FR`. */
export const languages = (): readonly string[] => getLocales().map(({ languageTag }) => languageTag)
