import { createHash } from 'node:crypto'
import { type Html, html } from './html.ts'

const style =
  ':root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:8vh auto 4rem;padding:0 1.5rem}label{display:block;margin:1rem 0 .25rem}input,select{font:inherit;width:100%;box-sizing:border-box;padding:.6rem}button{font:inherit;margin-top:1rem;padding:.6rem 1.4rem;cursor:pointer}[role=alert]{border-inline-start:.3rem solid;padding-inline-start:1rem}fieldset{border:0;border-top:1px solid;margin:2rem 0 0;padding:1rem 0 0}legend{padding-inline-end:1rem}code{font-size:1.5rem;letter-spacing:.15em}li{margin:.5rem 0}[hidden]{display:none}'

const styleHash = createHash('sha256').update(style).digest('base64')

/** The page's frame. Its only style is the one the content security policy names by hash. */
export const layout = (locale: string, title: string, body: Html, script?: string): string =>
  `<!doctype html>${
    html`<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${title} · Werenode</title><style>${{ safe: style }}</style>${script === undefined ? html`` : html`<script type="module" src="${script}"></script>`}</head>
<body><main><h1>${title}</h1>${body}</main></body></html>`.safe
  }`

export interface PagePolicy {
  /** Where a form of this page may lead besides here, through redirects as well: an app's redirect URI. */
  readonly formAction?: readonly string[]
  /** Loads the script of the sign-in page, from here. */
  readonly script?: boolean
}

/** Nothing but what the page needs: our style by its hash, our script only where there is one, no frames, no foreign forms. */
export const contentSecurityPolicy = ({ formAction = [], script = false }: PagePolicy = {}): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    ...(script ? ["script-src 'self'", "connect-src 'self'"] : []),
    `form-action ${["'self'", ...formAction].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

/** What a content security policy calls the place a redirect URI leads to; undefined for what is no URI. */
export const placeOf = (uri: string): string | undefined => {
  if (!URL.canParse(uri)) return undefined
  const { protocol, origin } = new URL(uri)
  return protocol === 'http:' || protocol === 'https:' ? origin : protocol
}
