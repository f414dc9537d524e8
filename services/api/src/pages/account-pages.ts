import { type Html, html } from './html.ts'
import { localeOf, pageWords } from './page-words.ts'

const style =
  ':root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto 0;padding:0 1.5rem}label{display:block;margin:1rem 0 .25rem}input{font:inherit;width:100%;box-sizing:border-box;padding:.6rem}button{font:inherit;margin-top:1rem;padding:.6rem 1.4rem;cursor:pointer}[role=alert]{border-inline-start:.3rem solid;padding-inline-start:1rem}'

export interface AccountPages {
  readonly askVerify: (token: string) => string
  readonly verified: () => string
  readonly askPassword: (token: string, refused?: boolean) => string
  readonly passwordChanged: () => string
  readonly gone: (title: 'verify' | 'reset') => string
}

/** The pages that letters lead to: no JavaScript, no cookies, one thing to do on each. */
export const accountPages = (acceptLanguage: string | undefined): AccountPages => {
  const locale = localeOf(acceptLanguage)
  const t = pageWords(locale)
  const page = (title: string, body: Html): string => `<!doctype html>${layout(locale, title, body).safe}`
  const back = html`<p><a href="/">${t('page.back')}</a></p>`
  return {
    askVerify: (token) =>
      page(
        t('page.verify.title'),
        html`<p>${t('page.verify.ask')}</p>
<form method="post" action="/auth/verify"><input type="hidden" name="token" value="${token}"><button>${t('page.verify.do')}</button></form>`,
      ),
    verified: () => page(t('page.verify.title'), html`<p role="status">${t('page.verify.done')}</p>${back}`),
    askPassword: (token, refused = false) =>
      page(
        t('page.reset.title'),
        html`${refused ? html`<p role="alert">${t('page.refused')}</p>` : html``}
<form method="post" action="/auth/reset"><input type="hidden" name="token" value="${token}">
<label for="password">${t('page.reset.label')}</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="256" required>
<button>${t('page.reset.do')}</button></form>`,
      ),
    passwordChanged: () => page(t('page.reset.title'), html`<p role="status">${t('page.reset.done')}</p>${back}`),
    gone: (which) => page(t(`page.${which}.title`), html`<p role="alert">${t('page.gone')}</p>${back}`),
  }
}

const layout = (locale: string, title: string, body: Html): Html => html`<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${title} · Werenode</title><style>${{ safe: style }}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`
