import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { openBareWorld } from '../../apps/cli/proof/bare-world.ts'
import { openOperatorWorld } from '../../apps/cli/proof/operator-world.ts'
import { choosePort } from '../../apps/cli/src/node/ports.ts'
import { openChromium } from './browser/chromium.ts'
import { failureStories } from './defev/failures.ts'
import { journey } from './defev/journey.ts'
import { lighthouseScores } from './defev/lighthouse.ts'
import { looks } from './defev/looks.ts'
import { networkOfACountry } from './defev/network-of-a-country.ts'
import { operatorStory } from './defev/operator.ts'
import { startRpcProxy } from './defev/rpc-proxy.ts'
import { createEye, shots } from './defev/screen.ts'
import { chargeAtStartedNode } from './defev/started-node.ts'
import { equals, type Figures, type Proof, told } from './figures.ts'
import { showMap } from './map/show-map.ts'

const crowdCount = 30_000

/** DEFev with a wallet, a chain and a host of static files; an operator node behind the chain; no API anywhere. */
const defev: Proof = async ({ report, long }) => {
  // Both at once: the node takes as long to start as the browser.
  const debuggingPort = long ? await choosePort(0, '127.0.0.1') : undefined
  const [opened, started] = await Promise.allSettled([openChromium(debuggingPort), openOperatorWorld()])
  if (opened.status === 'rejected' || started.status === 'rejected') {
    if (opened.status === 'fulfilled') await opened.value.close()
    if (started.status === 'fulfilled') await started.value.close()
    throw opened.status === 'rejected' ? opened.reason : (started as PromiseRejectedResult).reason
  }
  const browser = opened.value
  const world = started.value
  report(`operator node: ${world.parts.join(', ')}`)
  const eye = createEye()
  const figures: Record<string, Figures[string]> = {}
  const allowed = new Set([new URL(world.appUrl).origin, new URL(world.rpcUrl).origin])
  const newContext = async (options: object = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB', ...options })
    eye.watch(context)
    return context
  }
  const told_ = async (tell: () => Promise<Figures>): Promise<void> => {
    Object.assign(figures, await tell())
  }
  try {
    await told_(async () => {
      const { figures: found, page } = await journey({ world, newContext, eye, report, long })
      // ---- Looks: phone, dark, French
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto(`${world.appUrl}#/`)
      await page.getByRole('button', { name: 'Dark' }).click()
      await page.getByRole('button', { name: 'Français' }).click()
      await page.getByText('Recharger et payer sans serveur').first().waitFor()
      await showMap(page)
      await eye.look(page, '11-phone-dark-fr')
      await page.goto(`${world.appUrl}#/operator`)
      await page.getByText('Exploiter des bornes').first().waitFor()
      await eye.look(page, '12-operator-phone')
      await page.context().close()
      return found
    })
    if (debuggingPort !== undefined) {
      const allow = (url: string) => allowed.add(new URL(url).origin)
      await told_(() => chargeAtStartedNode({ newContext, eye, report, allow }))
      await told_(() => misfortunes({ newContext, eye, report, allow, debuggingPort }))
      await told_(() => networkOfACountry({ newContext, allow, count: crowdCount, report }))
    }

    figures['hosts asked besides the static host and the RPC'] = equals(
      [...eye.hosts].filter((host) => !allowed.has(host)).join(' ') || 'none',
      'none',
    )
    figures['traces of the API beside the node'] = equals((await world.apiTraces()).join(' ') || 'none', 'none')
    figures['axe violations'] = equals(eye.violations.length, 0)
    for (const one of eye.violations) report(one)
    const faults = eye.faults()
    figures['errors in the console'] = equals(faults.length, 0)
    for (const one of faults) report(one.slice(0, 300))
    figures.wallet = told('an injected test wallet by EIP-6963; the real MetaMask extension was not tried')
    figures.WalletConnect = told(
      'policy and loading checked; no pairing was tried: it needs its relay and a project id',
    )
    return figures
  } catch (error) {
    for (const [index, page] of browser
      .contexts()
      .flatMap((context) => context.pages())
      .entries())
      await page.screenshot({ path: join(shots, `failed-${index}.png`) }).catch(() => undefined)
    for (const one of eye.faults()) report(one.slice(0, 300))
    throw error
  } finally {
    await browser.close()
    await world.close()
  }
}

/** On a chain that can be made to misbehave: an operator without a server, every failure, WalletConnect's policy, all looks, Lighthouse. */
const misfortunes = async (deps: {
  readonly newContext: (options?: object) => Promise<BrowserContext>
  readonly eye: ReturnType<typeof createEye>
  readonly report: (text: string) => void
  readonly allow: (url: string) => void
  readonly debuggingPort: number
}): Promise<Figures> => {
  const { newContext, eye, report, allow } = deps
  const bare = await openBareWorld()
  const nodes = [await startRpcProxy(bare.rpcUrl), await startRpcProxy(bare.rpcUrl)] as const
  try {
    for (const { url } of nodes) allow(url)
    const story = await operatorStory({ world: bare, rpcUrls: nodes.map(({ url }) => url), newContext, eye, report })
    const { appUrl } = story
    allow(appUrl)
    const failed = await failureStories({ world: bare, appUrl, operator: story.wallet, nodes, newContext, eye, report })
    await story.page.context().close()
    const { seen, wide } = await looks({ appUrl, newContext, eye })
    const withPairing = await bare.place([nodes[0].url], { walletConnectProjectId: '0123456789abcdef' })
    allow(withPairing)
    const relay = 'wss://relay.walletconnect.org'
    const policies = [appUrl, withPairing].map(async (url) => (await bare.policyOf(url)).includes(relay))
    const before = await scriptsOf(await newContext(), withPairing)
    return {
      ...story.figures,
      ...failed,
      'pages looked at by axe: phone, desk, small phone with large text, tablet': equals(seen, 47),
      'pages wider than their screen': equals(wide.join('; ') || 'none', 'none'),
      'WalletConnect’s relay in the policy, without and with a project id': equals(
        (await Promise.all(policies)).join(' '),
        'false true',
      ),
      'WalletConnect’s library loaded before it is chosen': equals(before, false),
      ...(await lighthouseScores(appUrl, deps.debuggingPort, report)),
    }
  } finally {
    for (const node of nodes) await node.stop()
    await bare.close()
  }
}

/** Whether a visit that does not choose WalletConnect loads its library, though it is configured. */
const scriptsOf = async (context: BrowserContext, url: string): Promise<boolean> => {
  const page = await context.newPage()
  const bodies: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) bodies.push(response.text())
  })
  await page.goto(url)
  await page.getByRole('banner').getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('button', { name: 'WalletConnect' }).waitFor({ timeout: 30_000 })
  const loaded = (await Promise.all(bodies)).some((body) => body.includes('wss://relay.walletconnect'))
  await context.close()
  return loaded
}

export default defev
