import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { localeOf } from './page-words.ts'
import { signInWords } from './sign-in-words.ts'

/** Where the one script of these pages stands. */
export const signInScriptPath = '/auth/sign-in.js'

export interface SignInView {
  readonly uid: string
  /** Bound to this sign-in; a page of elsewhere cannot know it. */
  readonly csrf: string
  readonly app: string
  readonly email?: string
  readonly problem?: 'refused' | 'tooOften'
  readonly identityProviders: readonly { readonly id: string; readonly name: string }[]
}

export type SignInPages = ReturnType<typeof signInPages>

/** What a person sees while signing in to an app. Passwords, consent, sign-up and device codes need no JavaScript. */
export const signInPages = (acceptLanguage: string | undefined) => {
  const locale = localeOf(acceptLanguage)
  const t = signInWords(locale)
  const page = (title: string, body: Html, script?: string): string => layout(locale, title, body, script)
  const csrfField = (csrf: string): Html => html`<input type="hidden" name="csrf" value="${csrf}">`
  const emailField = (value: string): Html =>
    html`<label for="email">${t('signIn.email')}</label>
<input id="email" name="email" type="email" autocomplete="username" maxlength="254" value="${value}" required>`

  return {
    signIn: ({ uid, csrf, app, email = '', problem, identityProviders }: SignInView) =>
      page(
        t('signIn.title'),
        html`<p>${t('signIn.to', { app })}</p>
${problem === undefined ? html`` : html`<p role="alert">${t(`signIn.${problem}`)}</p>`}
<p id="trouble" role="alert" hidden>${t('signIn.refused')}</p><p id="no-wallet" role="alert" hidden>${t('signIn.noWallet')}</p>
<form method="post" action="/auth/interaction/${uid}/password">${csrfField(csrf)}
${emailField(email)}
<label for="password">${t('signIn.password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required>
<button>${t('signIn.do')}</button></form>
<p><a href="/auth/forgot">${t('signIn.forgot')}</a> · <a href="/auth/signup">${t('signIn.new')}</a></p>
<form id="passkey" method="post" action="/auth/interaction/${uid}/passkey" hidden>${csrfField(csrf)}<input type="hidden" name="response"><button>${t('signIn.withPasskey')}</button></form>
<form id="wallet" method="post" action="/auth/interaction/${uid}/wallet" hidden>${csrfField(csrf)}<input type="hidden" name="message"><input type="hidden" name="signature"><button>${t('signIn.withWallet')}</button></form>
<noscript><p>${t('signIn.noScript')}</p></noscript>
${identityProviders.map(
  ({ id, name }) =>
    html`<form method="post" action="/auth/interaction/${uid}/idp/${id}">${csrfField(csrf)}<button>${t('signIn.withIdp', { name })}</button></form>`,
)}
<form method="post" action="/auth/interaction/${uid}/abort">${csrfField(csrf)}<button>${t('signIn.cancel')}</button></form>`,
        signInScriptPath,
      ),

    consent: ({ uid, csrf, app, scopes }: { uid: string; csrf: string; app: string; scopes: readonly string[] }) =>
      page(
        t('consent.title', { app }),
        html`<p>${t('consent.asks', { app })}</p>
<ul>${scopes.map((scope) => html`<li>${t(`consent.${scope}` as 'consent.openid')}</li>`)}</ul>
<form method="post" action="/auth/interaction/${uid}/consent">${csrfField(csrf)}<button>${t('consent.do')}</button></form>
<form method="post" action="/auth/interaction/${uid}/abort">${csrfField(csrf)}<button>${t('signIn.cancel')}</button></form>`,
      ),

    tooOld: () => page(t('signIn.title'), html`<p role="alert">${t('signIn.notYours')}</p>`),

    askSignUp: ({ email = '', refused = false } = {}) =>
      page(
        t('signUp.title'),
        html`${refused ? html`<p role="alert">${t('signIn.refused')}</p>` : html``}
<form method="post" action="/auth/signup">${emailField(email)}
<label for="password">${t('signUp.password')}</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="256" required>
<button>${t('signUp.do')}</button></form>`,
      ),
    signedUp: () => page(t('signUp.title'), html`<p role="status">${t('signUp.done')}</p>`),
    askForgot: () =>
      page(
        t('forgot.title'),
        html`<form method="post" action="/auth/forgot">${emailField('')}<button>${t('forgot.do')}</button></form>`,
      ),
    forgotten: () => page(t('forgot.title'), html`<p role="status">${t('forgot.done')}</p>`),

    deviceCode: ({
      action,
      xsrf,
      code,
      problem,
    }: {
      action: string
      xsrf: string
      code: string
      problem?: 'wrong' | 'stopped'
    }) =>
      page(
        t('device.title'),
        html`${problem === undefined ? html`` : html`<p role="alert">${t(`device.${problem}`)}</p>`}
<form method="post" action="${action}"><input type="hidden" name="xsrf" value="${xsrf}">
<label for="code">${t('device.code')}</label>
<input id="code" name="user_code" autocomplete="off" autocapitalize="characters" value="${code}" required>
<button>${t('device.go')}</button></form>`,
      ),
    deviceConfirm: ({ action, xsrf, code, app }: { action: string; xsrf: string; code: string; app: string }) =>
      page(
        t('device.title'),
        html`<p>${t('device.confirm', { app })}</p><p><code>${code}</code></p><p>${t('device.warn')}</p>
<form method="post" action="${action}"><input type="hidden" name="xsrf" value="${xsrf}"><input type="hidden" name="user_code" value="${code}">
<button name="confirm" value="yes">${t('device.yes')}</button>
<button name="abort" value="yes">${t('signIn.cancel')}</button></form>`,
      ),
    deviceDone: () => page(t('device.title'), html`<p role="status">${t('device.done')}</p>`),

    askSignOut: ({ action, xsrf }: { action: string; xsrf: string }) =>
      page(
        t('signOut.title'),
        html`<p>${t('signOut.ask')}</p>
<form method="post" action="${action}"><input type="hidden" name="xsrf" value="${xsrf}">
<button name="logout" value="yes">${t('signOut.do')}</button> <button>${t('signOut.stay')}</button></form>`,
      ),
    signedOut: () => page(t('signOut.title'), html`<p role="status">${t('signOut.done')}</p>`),
    error: (error: string) => page(t('oauth.error'), html`<p role="alert">${t('oauth.errorText', { error })}</p>`),
  }
}
