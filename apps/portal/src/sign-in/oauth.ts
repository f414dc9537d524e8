import type { Werenode } from '@werenode/sdk'

const cameFromKey = 'werenode:portal:sign-in-from'
/** What the desk can do; the node gives of it what the person may. */
const deskScopes = [
  'catalogue:read',
  'catalogue:write',
  'stations:read',
  'stations:write',
  'party:write',
  'sessions:read',
] as const

/** Leaves for the node's own sign-in page (OAuth 2.1 with PKCE): password, passkey, wallet or another identity provider. */
export const beginOAuth = async (werenode: Werenode, locale: 'en' | 'fr'): Promise<void> => {
  sessionStorage.setItem(cameFromKey, location.pathname)
  const redirectUri = new URL('/callback', location.origin).href
  location.assign(await werenode.oauth.begin({ clientId: 'portal', redirectUri, scopes: deskScopes, locale }))
}

/** Ends it, with the address the browser came back to. Resolves with where the person was. */
export const finishOAuth = async (werenode: Werenode): Promise<string> => {
  await werenode.oauth.finish(location.href)
  const from = sessionStorage.getItem(cameFromKey) ?? '/desk'
  sessionStorage.removeItem(cameFromKey)
  return from
}
