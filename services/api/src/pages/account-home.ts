import { type AccountWord, accountHomeWords } from './account-home-words.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { localeOf } from './page-words.ts'
import { signInScriptPath } from './sign-in-pages.ts'

export interface AccountView {
  /** Bound to this browser session; a page of elsewhere cannot know it. */
  readonly csrf: string
  readonly signedInAt: Date
  readonly wallets: readonly string[]
  readonly passkeys: readonly { readonly id: string; readonly name: string }[]
  readonly emails: readonly { readonly email: string; readonly verified: boolean }[]
  readonly hasPassword: boolean
  readonly identities: readonly { readonly id: string; readonly provider: string; readonly since: string }[]
  readonly identityProviders: readonly { readonly id: string; readonly name: string }[]
  readonly logins: readonly { readonly id: string; readonly device: string | undefined; readonly since: string }[]
  readonly language: 'en' | 'fr' | ''
  readonly told?: { readonly word: AccountWord; readonly isProblem: boolean }
}

/** The page of one's own account, and what is left of it when it is gone. Only a wallet and a passkey need JavaScript, and it says so. */
export const accountHomePages = (acceptLanguage: string | undefined) => {
  const locale = localeOf(acceptLanguage)
  const t = accountHomeWords(locale)
  const time = (at: string | Date): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))
  const signInLink = html`<p><a href="/auth/account">${t('account.signIn')}</a></p>`
  const short = (address: string): string => `${address.slice(0, 8)}…${address.slice(-6)}`

  const home = (view: AccountView): string => {
    const csrf = html`<input type="hidden" name="csrf" value="${view.csrf}">`
    const removal = (kind: string, id: string, words: string): Html =>
      html`<form method="post" action="/auth/account/remove">${csrf}<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="id" value="${id}"><button>${words}</button></form>`
    const list = (title: string, rows: readonly Html[]): Html =>
      html`<h3>${title}</h3>${rows.length === 0 ? html`<p>${t('account.none')}</p>` : html`<ul>${rows.map((row) => html`<li>${row}</li>`)}</ul>`}`
    const removable = (kind: string, id: string, what: string, note = ''): Html =>
      html`<span>${what}${note}</span>${removal(kind, id, t('account.remove', { what }))}`

    const told = view.told
      ? html`<p role="${view.told.isProblem ? 'alert' : 'status'}">${t(view.told.word)}</p>`
      : html``
    const ways = html`<section aria-labelledby="ways"><h2 id="ways">${t('account.ways')}</h2>
${list(
  t('account.emails'),
  view.emails.map(({ email, verified }) =>
    removable('email', email, email, verified ? '' : ` (${t('account.unconfirmed')})`),
  ),
)}
<form method="post" action="/auth/account/emails"><fieldset><legend>${t('account.addEmail')}</legend>${csrf}
<label for="email">${t('account.email')}</label><input id="email" name="email" type="email" autocomplete="email" maxlength="254" required>
<label for="password">${t(view.hasPassword ? 'account.samePassword' : 'account.newPassword')}</label><input id="password" name="password" type="password" autocomplete="${view.hasPassword ? 'current-password' : 'new-password'}" maxlength="256" required>
<button>${t('account.addEmail')}</button></fieldset></form>
${
  view.hasPassword
    ? html`<form method="post" action="/auth/account/password"><fieldset><legend>${t('account.change')}</legend>${csrf}
<label for="current">${t('account.current')}</label><input id="current" name="current" type="password" autocomplete="current-password" maxlength="256" required>
<label for="next">${t('account.next')}</label><input id="next" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="256" required>
<p>${t('account.changeEnds')}</p><button>${t('account.change')}</button></fieldset></form>`
    : html``
}
${list(
  t('account.wallets'),
  view.wallets.map((address) => removable('wallet', address, short(address))),
)}
<p id="trouble" role="alert" hidden>${t('account.problem.refused')}</p><p id="no-wallet" role="alert" hidden>${t('account.noWallet')}</p>
<form id="wallet" method="post" action="/auth/account/wallets" hidden>${csrf}<input type="hidden" name="message"><input type="hidden" name="signature"><button>${t('account.addWallet')}</button></form>
${list(
  t('account.passkeys'),
  view.passkeys.map(({ id, name }) => removable('passkey', id, name)),
)}
<form id="new-passkey" method="post" action="/auth/account/passkeys" hidden>${csrf}<input type="hidden" name="response">
<label for="name">${t('account.passkeyName')}</label><input id="name" name="name" maxlength="80" required><button>${t('account.addPasskey')}</button></form>
<noscript><p>${t('account.noScript')}</p></noscript>
${
  view.identities.length + view.identityProviders.length === 0
    ? html``
    : list(
        t('account.identities'),
        view.identities.map(({ id, provider, since }) => removable('identity', id, provider, ` (${time(since)})`)),
      )
}
${view.identityProviders.map(
  ({ id, name }) =>
    html`<form method="post" action="/auth/account/idp/${id}">${csrf}<button>${t('account.link', { name })}</button></form>`,
)}</section>`
    const devices = html`<section aria-labelledby="devices"><h2 id="devices">${t('account.devices')}</h2>
<ul><li>${t('account.here', { when: time(view.signedInAt) })}</li>${view.logins.map(({ id, device, since }) => {
      const what = t('account.since', { device: device ?? t('account.device'), when: time(since) })
      return html`<li><span>${what}</span>${removal('login', id, t('account.end', { what: device ?? t('account.device') }))}</li>`
    })}</ul>
<form method="post" action="/auth/account/signout">${csrf}<button>${t('account.endAll')}</button></form></section>`
    const option = (value: string, label: string): Html =>
      view.language === value
        ? html`<option value="${value}" selected>${label}</option>`
        : html`<option value="${value}">${label}</option>`
    const language = html`<section aria-labelledby="language-of"><h2 id="language-of">${t('account.language')}</h2>
<form method="post" action="/auth/account/language">${csrf}<label for="language">${t('account.languageOf')}</label>
<select id="language" name="language">${option('', t('account.browser'))}${option('en', 'English')}${option('fr', 'Français')}</select>
<button>${t('account.choose')}</button></form></section>`
    const data = html`<section aria-labelledby="data"><h2 id="data">${t('account.data')}</h2>
<form method="post" action="/auth/account/export">${csrf}<button>${t('account.export')}</button></form>
<form method="post" action="/auth/account/erase"><fieldset><legend>${t('account.erase')}</legend>${csrf}<p>${t('account.eraseWhat')}</p>
<label for="sure">${t('account.sure')}</label><input id="sure" name="sure" autocomplete="off" pattern="DELETE" maxlength="10" required>
<button>${t('account.erase')}</button></fieldset></form></section>`
    return layout(locale, t('account.title'), html`${told}${ways}${devices}${language}${data}`, signInScriptPath)
  }

  return {
    home,
    /** Nothing to show to who is not signed in. */
    left: (word: 'account.signedOut' | 'account.erased' | 'account.changed') =>
      layout(locale, t('account.title'), html`<p role="status">${t(word)}</p>${signInLink}`),
  }
}
