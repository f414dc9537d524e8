import type { FastifyRequest } from 'fastify'

const name = 'werenode_language'
const yearSeconds = 365 * 24 * 3600

/** The cookie that remembers a language somebody chose; `''` forgets it, and the browser's own languages hold again. */
export const languageCookie = (locale: 'en' | 'fr' | '', secure: boolean): string =>
  [
    `${name}=${locale}`,
    'Path=/',
    `Max-Age=${locale === '' ? 0 : yearSeconds}`,
    'SameSite=Lax',
    'HttpOnly',
    ...(secure ? ['Secure'] : []),
  ].join('; ')

export const chosenLanguage = (cookies: string | undefined): 'en' | 'fr' | undefined => {
  const chosen = new RegExp(`(?:^|; )${name}=(en|fr)(?:;|$)`).exec(cookies ?? '')?.[1]
  return chosen as 'en' | 'fr' | undefined
}

/** On a page, a language that was chosen goes before those the browser asks for. */
export const preferChosenLanguage = ({ headers }: Pick<FastifyRequest, 'headers'>): void => {
  const chosen = chosenLanguage(headers.cookie)
  if (chosen !== undefined) headers['accept-language'] = chosen
}
