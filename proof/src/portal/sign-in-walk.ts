import type { Browser } from 'playwright-core'
import { injectWallet } from './injected-wallet.ts'
import type { PortalServer } from './server.ts'
import { patient } from './walks.ts'

/** Signs in to the desk on the node's own page (OAuth 2.1, PKCE) and comes back. Returns what the desk then says of who is there. */
export const signInOnNodePage = async (browser: Browser, server: PortalServer, chainId: number): Promise<string> => {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })
  try {
    await injectWallet(context, chainId, server.ownerKey())
    const page = patient(await context.newPage())
    await page.goto(`${server.origin}/desk`)
    await page.getByRole('button', { name: 'Sign in with a password or passkey' }).click()
    await page.waitForURL(/\/auth\/interaction\//)
    await page.getByRole('button', { name: 'Use a wallet' }).click()
    // An app of the house may not need to be let in; one that does asks here.
    const allow = page.getByRole('button', { name: 'Allow' })
    const bar = page.locator('.wn-desk__bar p')
    await allow.or(bar).first().waitFor()
    if (await allow.isVisible()) await allow.click()
    await bar.waitFor()
    return (await bar.textContent()) ?? ''
  } finally {
    await context.close()
  }
}
