import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { root } from '../node/folders.ts'
import type { BuiltApp } from './list.ts'
import { serveApp } from './serve-app.ts'

const place = '/mobile'
/** Where sign-in pages and older links lead: the same app. */
const alias = '/app'

/** The driver's app runs and asks from here alone. Its style sheets are written while it runs, which is why inline ones are let be. */
const policyWith = (relays: readonly string[]): readonly string[] => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  ["connect-src 'self'", ...relays].join(' '),
  "manifest-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
]

/** WalletConnect's relay, where app.json names a project (`extra.walletConnectProjectId`), or the one it names instead. */
export const relaysOf = (appJson: string): readonly string[] => {
  const { expo } = JSON.parse(appJson) as {
    expo: { extra?: { walletConnectProjectId?: string; walletConnectRelayUrl?: string } }
  }
  const { walletConnectProjectId = '', walletConnectRelayUrl = 'wss://relay.walletconnect.org' } = expo.extra ?? {}
  return walletConnectProjectId === '' ? [] : [new URL(walletConnectRelayUrl).origin]
}

/** The driver's app at `/mobile/`. Metro puts the content's hash into the names of what it builds. */
export const serveMobile = (app: FastifyInstance, mobile: BuiltApp): void => {
  const policy = policyWith(relaysOf(readFileSync(join(root, mobile.source, 'app.json'), 'utf8')))
  serveApp(app, mobile, { place, policy, hashed: /[-.][0-9a-f]{32}\.\w+$/ })
  app.get(alias, async (_request, reply) => reply.redirect(`${place}/`, 308))
  app.get(`${alias}/*`, async (request, reply) => reply.redirect(`${place}${request.url.slice(alias.length)}`, 308))
}
