import type { Browser, BrowserContext, Page } from 'playwright-core'
import { injectWallet } from './injected-wallet.ts'
import type { PortalServer } from './server.ts'
import { patient } from './walks.ts'

/** What the desk says of who is there, after each way in. */
export interface SignInTale {
  readonly byWallet: string
  /** Of an account to which they were added on the node's own page; undefined where only the wallet was tried. */
  readonly others?: { readonly byPassword: string; readonly byPasskey: string }
}

const [email, password] = ['desk.proof@example.org', 'a long enough phrase']

/** Signs in to the desk on the node's own page (OAuth 2.1, PKCE) and comes back: by wallet, and with `all` by password and by passkey too. */
export const signInOnNodePage = async (
  browser: Browser,
  server: PortalServer,
  chainId: number,
  { all }: { readonly all: boolean },
): Promise<SignInTale> => {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })
  try {
    await injectWallet(context, chainId, server.ownerKey())
    const page = patient(await context.newPage())
    const byWallet = await enter(page, server.origin, async () => {
      await page.getByRole('button', { name: 'Use a wallet' }).click()
    })
    if (!all) return { byWallet }
    await addWays(context, page, server)
    await forget(context, page)
    const byPassword = await enter(page, server.origin, async () => {
      await page.getByLabel('E-mail address').fill(email)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    })
    await forget(context, page)
    const byPasskey = await enter(page, server.origin, async () => {
      await page.getByRole('button', { name: 'Use a passkey' }).click()
    })
    return { byWallet, others: { byPassword, byPasskey } }
  } finally {
    await context.close()
  }
}

/** From the desk to the node's page and back; what the desk then says. */
const enter = async (page: Page, origin: string, way: () => Promise<void>): Promise<string> => {
  await page.goto(`${origin}/desk`)
  await page.getByRole('button', { name: 'Sign in with a password or passkey' }).click()
  await page.waitForURL(/\/auth\/interaction\//)
  await way()
  // An app of the house may not need to be let in; one that does asks here.
  const allow = page.getByRole('button', { name: 'Allow' })
  const bar = page.locator('.wn-desk__bar p')
  await allow.or(bar).first().waitFor()
  if (await allow.isVisible()) await allow.click()
  await bar.waitFor()
  return (await bar.textContent()) ?? ''
}

/** As in a browser where nobody was. */
const forget = async (context: BrowserContext, page: Page): Promise<void> => {
  await page.evaluate(() => {
    const { localStorage, sessionStorage } = globalThis as unknown as Record<string, { clear(): void }>
    localStorage!.clear()
    sessionStorage!.clear()
  })
  await context.clearCookies()
}

/** Adds a mail address with its password and a passkey to the account; the authenticator is the browser's own virtual one. */
const addWays = async (
  context: BrowserContext,
  page: Page,
  { origin, adminUrl }: Pick<PortalServer, 'origin' | 'adminUrl'>,
): Promise<void> => {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await page.goto(`${origin}/auth/account`)
  const form = page.locator('form[action="/auth/account/emails"]')
  await form.locator('#email').fill(email)
  await form.locator('#password').fill(password)
  await form.getByRole('button').click()
  await page.goto(await linkTo(adminUrl))
  await page.getByRole('button').first().click()
  await page.waitForLoadState('networkidle')
  await page.goto(`${origin}/auth/account`)
  await page.getByText(email).first().waitFor()
  await page.getByLabel('Name of the passkey').fill('this browser')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: /this browser/ }).waitFor()
  await page.waitForLoadState('networkidle')
}

/** The link of the newest letter, as the outbox of a node without a mail server shows it. */
const linkTo = async (adminUrl: string): Promise<string> => {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const page = await (await fetch(`${adminUrl}/mails`)).text()
    const letter = page.split('<article>').find((text) => text.includes(email))
    const link = /href="([^"]+)"/.exec(letter ?? '')?.[1]
    if (link !== undefined) return link.replaceAll('&amp;', '&')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`No letter to ${email} came within a minute`)
}
