import type { Page } from 'playwright-core'
import type { Phone } from './phone.ts'
import type { Look } from './walks.ts'

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

/** A new account by mail: form, letter, link, password. */
export const byMail = async (phone: Phone, origin: string, adminUrl: string, look: Look): Promise<string> => {
  const page = phone.page()
  const [email, password] = ['anna.mobile@example.org', 'a long enough phrase']
  await signOut(page, origin)
  const fill = async (): Promise<void> => {
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
  }
  await fill()
  await page.getByRole('button', { name: 'Make an account' }).click()
  await page.getByText(/A letter is on its way/).waitFor()
  await look(page, 'mail-letter')
  await page.goto(await linkTo(adminUrl, email))
  await page.getByRole('button').first().click()
  await page.waitForLoadState('networkidle')
  await page.goto(`${origin}/mobile/account/sign-in`)
  await fill()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  return who(page)
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
