import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from './expo.mts'

/** Where `extra` of app.json goes in the page. Metro keeps what it made of an older app.json; a page is written each time. */
const names = { walletConnectProjectId: 'walletconnect-project-id', walletConnectRelayUrl: 'walletconnect-relay' }

/** Writes what the build is configured with into its page, where it can be changed without another build. */
export const configure = (out: string): void => {
  const { expo } = JSON.parse(readFileSync(join(app, 'app.json'), 'utf8')) as {
    expo: { extra?: Readonly<Record<string, string>> }
  }
  const page = join(out, 'index.html')
  const tags = Object.entries(names).flatMap(([key, name]) => {
    const value = expo.extra?.[key]
    if (value === undefined || value === '') return []
    if (!/^[\w:/.-]+$/.test(value)) throw new Error(`app.json: extra.${key} holds signs that no id or address has`)
    return [`<meta name="${name}" content="${value}" />`]
  })
  writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', `${tags.join('')}</head>`))
}
