import type { Page } from 'playwright-core'
import { createRelay, serveRelay } from '../../../apps/mobile/test/relay/relay.ts'
import { openWallet } from '../../../apps/mobile/test/relay/wallet.ts'
import type { Phone } from './phone.ts'
import { type Look, slide } from './walks.ts'

export interface OwnWallet {
  readonly heldBy: string
  readonly declined: string
  readonly paid: string
  readonly afterKill: string
  readonly lost: string
}

const textOf = async (page: Page, id: string): Promise<string> => {
  await page.getByTestId(id).waitFor()
  return ((await page.getByTestId(id).textContent()) ?? '').trim()
}

/**
 * A driver who has a wallet in another app: paired by its code, signed in, charged and paid by its signatures alone. The relay of WalletConnect
 * is not of this machine: one of the same wire takes its place under its own address, and the page is configured as app.json would.
 */
export const payFromOwnWallet = async (
  phone: Phone,
  origin: string,
  evseId: string,
  look: Look,
): Promise<OwnWallet> => {
  const relay = createRelay()
  const served = await serveRelay(relay)
  const wallet = await openWallet(served.url)
  try {
    await phone.context.routeWebSocket(/^wss:\/\/relay\.walletconnect\.org/, (socket) => {
      const line = relay.connect((text) => socket.send(text))
      socket.onMessage((message) => line.receive(String(message)))
      socket.onClose(line.close)
    })
    await phone.context.route(`${origin}/mobile/**`, async (route) => {
      if (!route.request().isNavigationRequest()) return route.fallback()
      const response = await route.fetch()
      const tag = '<meta name="walletconnect-project-id" content="a-project" /></head>'
      await route.fulfill({ response, body: (await response.text()).replace('</head>', tag) })
    })
    await phone.context.addInitScript('window.open = (address) => { window.wnOpened = String(address); return null }')
    const page = phone.page()
    await page.goto(`${origin}/mobile/wallet/connect`)
    await page.getByTestId('connect').click()
    await page.getByRole('button', { name: 'Open' }).click()
    await look(page, 'own-wallet-code')
    await wallet.scan(String(await page.evaluate('window.wnOpened')))
    const heldBy = await textOf(page, 'held-by')
    await page.getByTestId('credit').filter({ hasText: '€' }).waitFor()
    await look(page, 'own-wallet')

    await page.goto(`${origin}/mobile/wallet/add`)
    await page.getByTestId('faucet').click()
    await page.getByTestId('added').waitFor()
    await page.goto(`${origin}/mobile/plug/${encodeURIComponent(evseId)}`)
    await page.getByTestId('slide').waitFor()
    wallet.manner.signing = 'declines'
    await slide(page)
    const declined = await textOf(page, 'problem')
    await look(page, 'own-wallet-declined')
    wallet.manner.signing = 'agrees'
    await slide(page)
    await page.getByTestId('state-charging').waitFor()
    const after = await phone.kill('charges')
    await after.locator('[data-testid^="running-"]').first().click()
    await after.getByTestId('stop').click()
    await after.getByTestId('stop-confirm').click()
    const paid = await textOf(after, 'paid')
    await after.goto(`${origin}/mobile/wallet`)
    const afterKill = await textOf(after, 'held-by')
    // A signature after the kill: the pairing was found again without a code.
    await after.goto(`${origin}/mobile/plug/${encodeURIComponent(evseId)}`)
    wallet.manner.signing = 'is silent'
    await after.getByTestId('slide').waitFor()
    await slide(after)
    await after.getByTestId('own-asked').waitFor()
    await look(after, 'own-wallet-asked')
    await wallet.endAll()
    const lost = await textOf(after, 'own-lost')
    await look(after, 'own-wallet-lost')
    return { heldBy, declined, paid, afterKill, lost }
  } finally {
    await wallet.close()
    await served.stop()
  }
}
