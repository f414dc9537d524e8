import type { Locale } from '../format/locale.ts'
import { narrowNoBreak, noBreak } from '../format/locale.ts'

/**
 * The finer points of print, so that messages can be written with plain keys: true apostrophes and dots; in French a narrow
 * no-break space (espace fine insécable) before ; ! ? and a full one before : and inside « ».
 */
export const typeset = (text: string, locale: Locale): string => {
  const common = text.replaceAll("'", '’').replaceAll('...', '…')
  if (locale === 'en') return common
  return common
    .replaceAll(/ ([;!?])/g, `${narrowNoBreak}$1`)
    .replaceAll(' :', `${noBreak}:`)
    .replaceAll('« ', `«${noBreak}`)
    .replaceAll(' »', `${noBreak}»`)
}
