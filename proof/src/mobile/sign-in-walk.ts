import type { Page } from 'playwright-core'
import type { Phone } from './phone.ts'
import { type Look, pin } from './walks.ts'

const who = async (page: Page): Promise<string> => {
  const line = page.getByTestId('who').filter({ hasText: /Signed in as/ })
  await line.waitFor()
  return ((await line.textContent()) ?? '').trim()
}
const signOut = async (page: Page, origin: string): Promise<void> => {
  await page.goto(`${origin}/mobile/account`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByTestId('sign-in').click()
}

/** A passkey is added to the account of the wallet, and opens it without the wallet. The authenticator is the browser's own virtual one. */
export const byPasskey = async (phone: Phone, origin: string, look: Look): Promise<string> => {
  const page = phone.page()
  const devtools = await phone.context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${origin}/mobile/account/sign-in`)
  await page.getByRole('button', { name: 'Add a passkey to my account' }).click()
  await page.getByText('The passkey was added.').waitFor()
  await look(page, 'passkey-added')
  await signOut(page, origin)
  await page.getByRole('button', { name: 'With a passkey' }).click()
  return who(page)
}

const [email, password] = ['anna.mobile@example.org', 'a long enough phrase']
const fill = async (page: Page): Promise<void> => {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
}
const enter = async (page: Page, origin: string): Promise<string> => {
  await page.goto(`${origin}/mobile/account/sign-in`)
  await fill(page)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  return who(page)
}
export const creditOf = async (page: Page, origin: string): Promise<string> => {
  await page.goto(`${origin}/mobile/wallet`)
  const credit = page.getByTestId('credit').filter({ hasText: '€' })
  await credit.waitFor()
  return ((await credit.textContent()) ?? '').trim()
}

/** A mail address is added to the account: form, letter, link, password; it opens the account with its wallet and money. */
export const byMail = async (
  phone: Phone,
  origin: string,
  adminUrl: string,
  look: Look,
): Promise<{ readonly who: string; readonly credit: string }> => {
  const page = phone.page()
  await page.goto(`${origin}/mobile/account/sign-in`)
  await fill(page)
  await page.getByRole('button', { name: 'Add to my account' }).click()
  await page.getByText(/A letter is on its way/).waitFor()
  await look(page, 'mail-letter')
  await page.goto(await linkTo(adminUrl, email))
  await page.getByRole('button').first().click()
  await page.waitForLoadState('networkidle')
  await signOut(page, origin)
  const entered = await enter(page, origin)
  await look(page, 'account')
  const credit = await creditOf(page, origin)
  await look(page, 'wallet')
  return { who: entered, credit }
}

/** Another phone, on which nothing is: signed in by mail, then a wallet in one tap, which is put on the account and opens it. */
export const onAnotherPhone = async (
  phone: Phone,
  origin: string,
  look: Look,
): Promise<{ readonly who: string; readonly credit: string }> => {
  const page = phone.page()
  await enter(page, origin)
  await page.goto(`${origin}/mobile/wallet/create`)
  await page.getByLabel('Choose a PIN').fill(pin)
  await page.getByTestId('create-wallet').click()
  const shown = page.getByTestId('credit').filter({ hasText: '€' })
  await shown.waitFor()
  const credit = ((await shown.textContent()) ?? '').trim()
  await page.goto(`${origin}/mobile/account`)
  const entered = await who(page)
  await look(page, 'another-phone')
  return { who: entered, credit }
}

/** The link of the newest letter to this address, as the outbox of a node without a mail server shows it. */
const linkTo = async (adminUrl: string, email: string): Promise<string> => {
  for (let turn = 0; turn < 200; turn += 1) {
    const page = await (await fetch(`${adminUrl}/mails`)).text()
    const letter = page.split('<article>').find((text) => text.includes(email))
    const link = /href="([^"]+)"/.exec(letter ?? '')?.[1]
    if (link !== undefined) return link.replaceAll('&amp;', '&')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`No letter to ${email} came.`)
}
