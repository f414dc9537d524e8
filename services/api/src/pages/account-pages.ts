import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { localeOf, pageWords } from './page-words.ts'

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
  const page = (title: string, body: Html): string => layout(locale, title, body)
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
