import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Address } from '@werenode/core'
import type { Page } from 'playwright-core'
import { type OperatorWorld, openOperatorWorld } from '../../apps/cli/proof/operator-world.ts'
import { openChromium } from './browser/chromium.ts'
import { registerCrowd } from './defev/crowd.ts'
import { createTestWallet } from './defev/wallet.ts'
import { equals, type Figures, type Proof, told } from './figures.ts'

const shots = join(import.meta.dirname, '..', '..', '.werenode', 'proof', 'defev')
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const dayMs = 86_400_000

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { html: string }[]
  }[]
}

/** DEFev with a wallet, a chain and a host of static files; an operator node behind the chain; no API anywhere. */
const defev: Proof = async ({ report, long }) => {
  const browser = await openChromium()
  mkdirSync(shots, { recursive: true })
  const world = await openOperatorWorld()
  report(`operator node: ${world.parts.join(', ')}`)
  const figures: Record<string, Figures[string]> = {}
  const hosts = new Set<string>()
  try {
    const wallet = await createTestWallet(world)
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB' })
    await wallet.install(context)
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (url.protocol.startsWith('http')) hosts.add(url.origin)
    })
    const page = await context.newPage()
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text())
    })
    const violations: string[] = []
    const look = async (name: string): Promise<void> => {
      await page.screenshot({ path: join(shots, `${name}.png`) })
      await page.evaluate(await axeSource())
      const found = (await page.evaluate(
        `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
      )) as AxeResult
      for (const { id, nodes } of found.violations) violations.push(`${name}: ${id} ${nodes[0]?.html.slice(0, 120)}`)
    }
    const says = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 })
    const status = (name: string) => page.locator(`[data-status="${name}"]`).waitFor({ timeout: 60_000 })

    // ---- Discover
    const at = performance.now()
    await page.goto(world.appUrl)
    await page.locator('[data-evse="FR*WRN*E000003"]').waitFor({ timeout: 60_000 })
    await page.locator('.map[data-ready]').waitFor({ timeout: 30_000 })
    figures['plugs found from events alone, ms to list and map'] = told(Math.round(performance.now() - at))
    await look('1-plugs')
    await page.getByRole('link', { name: 'Contracts' }).click()
    await says('as expected')
    figures['contracts and interfaces as expected'] = equals(await page.getByText('as expected').count(), 6)
    await look('2-contracts')

    // ---- Connect: declined first, then chosen among two
    await page.getByRole('link', { name: 'Account' }).click()
    await page.getByRole('banner').getByRole('button', { name: 'Connect' }).click()
    await says('Another wallet')
    wallet.be('declines')
    await page.getByRole('button', { name: 'Werenode test wallet' }).click()
    await says(/You declined in your wallet/)
    await look('3-declined')
    wallet.be('agrees')
    await page.getByRole('button', { name: 'Werenode test wallet' }).click()
    await page.getByRole('button', { name: /Connected as/ }).waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Get 100 test euro' }).click()
    await says('Done: €100.00.')
    await page.getByRole('button', { name: 'Get 100 test euro' }).click()
    await page.locator('[data-wallet]', { hasText: '€200.00' }).waitFor({ timeout: 20_000 })

    // ---- Every failure of a wallet before the first charge
    const plug = async (evseId: string): Promise<void> => {
      await page.goto(`${world.appUrl}#/`)
      await page.locator(`[data-evse="${evseId}"]`).click()
      await says('What you agree to')
      await page.locator('[data-after]').waitFor({ timeout: 20_000 })
    }
    const failures: string[] = []
    const fails = async (mood: Parameters<typeof wallet.be>[0], sentence: RegExp): Promise<void> => {
      wallet.be(mood)
      await page.getByRole('button', { name: 'Sign and open' }).click()
      await page.getByRole('alert').getByText(sentence).waitFor({ timeout: 30_000 })
      failures.push(mood)
      wallet.be('agrees')
    }
    await plug('FR*WRN*E000003')
    await look('4-terms')
    await fails('declines', /You declined in your wallet\. Nothing was sent/)
    await fails('is on another chain', /You declined|another chain/)
    await fails('uses another account', /another account than the one shown/)
    await fails('replaces', /You replaced or cancelled/)
    await page.route(`${world.rpcUrl}**`, (route) => route.abort())
    await fails('agrees', /No node of the chain can be reached/)
    await look('5-no-node')
    await page.unroute(`${world.rpcUrl}**`)
    await page.locator('input[name=amount]').fill('150')
    await page.locator('select[name=way]').selectOption('Credit')
    await says(/You have €0\.00; this needs €150\.00/)
    failures.push('too little credit')
    figures['failures of wallet and node, each with its sentence'] = equals(failures.length, 6)
    figures['sessions opened by failures'] = equals((await wallet.opened()).length, 0)

    // ---- Open with one signature, charge, stop, co-sign
    await plug('FR*WRN*E000003')
    const before = wallet.asked.filter((one) => one === 'eth_signTypedData_v4').length
    const opened = performance.now()
    await page.getByRole('button', { name: 'Sign and open' }).click()
    await status('Started')
    figures['signatures to open'] = equals(
      wallet.asked.filter((one) => one === 'eth_signTypedData_v4').length - before,
      1,
    )
    figures['ms from the press to power acknowledged on chain'] = told(Math.round(performance.now() - opened))
    report('power is on')
    await look('6-started')
    // Closed in the middle, opened again: everything is found from the chain.
    const address = page.url()
    await page.goto('about:blank')
    await page.goto(address)
    await status('Started')
    await world.simulator.waitFor('transaction', (event) => (event.registerWh ?? 0) > 0, 20_000).catch(() => undefined)
    await page.waitForTimeout(3_000)
    await page.getByRole('button', { name: 'Stop charging' }).click()
    await status('Proposed')
    await page.getByRole('button', { name: 'Agree and settle now' }).waitFor({ timeout: 20_000 })
    await look('7-bill')
    await page.getByRole('button', { name: 'Agree and settle now' }).click()
    await status('Settled')
    await look('8-settled')
    figures['discover, open, charge, stop, settle without the API'] = equals(
      await steps(page),
      'SessionOpened SessionStarted StopRequested SessionProposed SessionSettled',
    )
    report('settled')

    // ---- Deposit, charge from credit, dispute: the operator proves it
    await page.goto(`${world.appUrl}#/account`)
    await page.locator('[data-credit]').waitFor()
    await page.locator('input[name=amount]').fill('60.00')
    await page.getByRole('button', { name: 'Deposit' }).click()
    await says('Done: €60.00.')
    await plug('FR*WRN*E000006')
    await page.locator('select[name=way]').selectOption('Credit')
    await page.getByRole('button', { name: 'Sign and open' }).click()
    await status('Started')
    await page.waitForTimeout(3_000)
    await page.getByRole('button', { name: 'Stop charging' }).click()
    await status('Proposed')
    await page.getByRole('button', { name: 'Dispute' }).click()
    await page.locator('[data-step="SessionProven"]').waitFor({ timeout: 60_000 })
    await status('Settled')
    figures['a dispute is answered by meter records'] = equals(
      await steps(page),
      'SessionOpened SessionStarted StopRequested SessionProposed SessionDisputed SessionProven SessionSettled',
    )
    await look('9-disputed-and-proven')
    report('dispute proven')

    // ---- The operator vanishes with one charge running and one bill proposed: reclaim, and a dispute nobody answers
    await plug('FR*WRN*E000004')
    await page.getByRole('button', { name: 'Sign and open' }).click()
    await status('Started')
    await page.waitForTimeout(3_000)
    await page.getByRole('button', { name: 'Stop charging' }).click()
    await status('Proposed')
    const billed = page.url()
    await plug('FR*WRN*E000007')
    await page.getByRole('button', { name: 'Sign and open' }).click()
    await status('Started')
    const running = page.url()
    await world.vanish()
    await page.goto(billed)
    await status('Proposed')
    await page.getByRole('button', { name: 'Dispute' }).click()
    await status('Disputed')
    world.pass(6 * dayMs)
    await page.clock.install({ time: new Date(Date.now() + world.offsetMs()) })
    await page.reload()
    await page.clock.resume()
    await page.getByRole('button', { name: 'Finish now' }).click()
    await status('Settled')
    figures['a dispute nobody answers: nothing was paid'] = equals(await page.getByText('Paid €0.00').count(), 1)
    await page.goto(running)
    await page.getByRole('button', { name: 'Take everything back' }).waitFor({ timeout: 30_000 })
    await look('10-operator-vanished')
    await page.getByRole('button', { name: 'Take everything back' }).click()
    await status('Reclaimed')
    figures['operator vanished: the whole deposit came back'] = equals(
      await page.getByText('Paid €0.00, returned €20.00').count(),
      1,
    )
    report('reclaimed')

    // ---- Looks: phone, dark, French
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${world.appUrl}#/`)
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.getByRole('button', { name: 'Français' }).click()
    await says('Recharger et payer sans serveur')
    await page.waitForTimeout(1_000)
    await look('11-phone-dark-fr')
    await page.goto(`${world.appUrl}#/operator`)
    await page.reload()
    await says('Exploiter des bornes')
    await look('12-operator-phone')

    if (long) Object.assign(figures, await crowd(world, page, report))

    const allowed = new Set([new URL(world.appUrl).origin, new URL(world.rpcUrl).origin])
    figures['hosts asked besides the static host and the RPC'] = equals(
      [...hosts].filter((host) => !allowed.has(host)).join(' ') || 'none',
      'none',
    )
    figures['traces of the API beside the node'] = equals((await world.apiTraces()).join(' ') || 'none', 'none')
    figures['axe violations'] = equals(violations.length, 0)
    for (const one of violations) report(one)
    const unexpected = troubles.filter((one) => !/ERR_FAILED|Failed to load resource/.test(one))
    figures['errors in the console'] = equals(unexpected.length, 0)
    for (const one of unexpected) report(one.slice(0, 300))
    figures.wallet = told('an injected test wallet by EIP-6963; the real MetaMask extension was not tried')
    return figures
  } catch (error) {
    const [page] = browser.contexts()[0]?.pages() ?? []
    await page?.screenshot({ path: join(shots, 'failed.png') })
    throw error
  } finally {
    await browser.close()
    await world.close()
  }
}

const crowdCount = 30_000

/** How long a visit takes until list and map can be used, with the network of a country on chain: first visit, and the next one. */
const crowd = async (world: OperatorWorld, page: Page, report: (text: string) => void): Promise<Figures> => {
  const { addresses } = (await (await fetch(`${world.appUrl}deployment.json`)).json()) as {
    addresses: { operatorRegistry: Address; evseRegistry: Address; tokens: [{ address: Address }] }
  }
  await registerCrowd({
    rpcUrl: world.trustedRpcUrl,
    key: world.funderKey,
    addresses: { ...addresses, token: addresses.tokens[0].address },
    count: crowdCount,
    report,
  })
  const context = await page
    .context()
    .browser()!
    .newContext({ viewport: { width: 1280, height: 860 } })
  const visitor = await context.newPage()
  const visit = async (): Promise<number> => {
    await visitor.goto('about:blank')
    const at = performance.now()
    await visitor.goto(world.appUrl)
    await visitor.locator('.foot[data-known="true"]').waitFor({ timeout: 600_000 })
    await visitor.locator('.map[data-ready]').waitFor({ timeout: 120_000 })
    return Math.round(performance.now() - at)
  }
  const cold = await visit()
  report(await visitor.locator('.foot').innerText())
  await visitor.screenshot({ path: join(shots, '13-crowd.png') })
  const warm = await visit()
  await context.close()
  return {
    [`ms to an interactive map, ${crowdCount} EVSEs on chain, cold`]: told(cold),
    [`ms to an interactive map, ${crowdCount} EVSEs on chain, warm`]: told(warm),
  }
}

/** What the page says happened, by the chain's own names. */
const steps = (page: Page): Promise<string> =>
  page.locator('[data-step]').evaluateAll((items) => items.map((one) => one.getAttribute('data-step')).join(' '))

let axe: string | undefined
const axeSource = async (): Promise<string> => {
  const { readFile } = await import('node:fs/promises')
  axe ??= await readFile(axeFile, 'utf8')
  return axe
}

export default defev
