/** Languages the person reads, the dearest first: `fr-FR`. */
export const languages = (): readonly string[] => navigator.languages
