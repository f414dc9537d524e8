import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, Page } from 'playwright-core'
import type { OperatorWorld } from '../../../apps/cli/proof/operator-world.ts'
import { atLeast, equals, type Figures, told } from '../figures.ts'
import { showMap, sketched } from '../map/show-map.ts'
import { type Eye, reader } from './screen.ts'
import { createTestWallet } from './wallet.ts'

const dayMs = 86_400_000

/**
 * A driver with a wallet, a chain and a host of static files, at a real operator node with simulated stations and no API anywhere:
 * discover, open, charge, settle; dispute and proof; the operator vanishes.
 */
export const journey = async (deps: {
  readonly world: OperatorWorld
  readonly newContext: () => Promise<BrowserContext>
  readonly eye: Eye
  readonly report: (text: string) => void
  readonly long: boolean
}): Promise<{ readonly figures: Figures; readonly page: Page }> => {
  const { world, eye, report } = deps
  const figures: Record<string, Figures[string]> = {}
  const wallet = await createTestWallet(world)
  const context = await deps.newContext()
  await wallet.install(context)
  const page = await context.newPage()
  const { says, status, steps } = reader(page)
  const look = (name: string) => eye.look(page, name)

  // ---- Discover
  const at = performance.now()
  await page.goto(world.appUrl)
  await page.locator('[data-evse="FR*WRN*E000003"]').waitFor({ timeout: 180_000 })
  const marks = await sketched(page)
  figures['plugs found from events alone, ms to list and sketch'] = told(Math.round(performance.now() - at))
  figures['plugs and clusters of the sketch before the map was wanted'] = atLeast(marks, 2)
  await look('1-sketch')
  figures['the map came when it was asked for'] = equals(await showMap(page), true)
  await page.locator('.map[data-points]:not([data-points="0"])').waitFor({ timeout: 60_000 })
  await look('1-plugs')
  await page.getByRole('link', { name: 'Contracts' }).click()
  await says('as expected')
  figures['contracts and interfaces as expected'] = equals(await page.getByText('as expected').count(), 6)
  figures['requests of page and workers that reached a stranger'] = equals(await reachedStranger(page, eye), 0)
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
  await page.getByRole('button', { name: /Connected as/ }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Get 100 test euro' }).click()
  await says('Done: €100.00.')
  await page.getByRole('button', { name: 'Get 100 test euro' }).click()
  await page.locator('[data-wallet]', { hasText: '€200.00' }).waitFor({ timeout: 60_000 })

  // ---- A handful of failures before the first charge; all of them in the long proof
  const plug = async (evseId: string): Promise<void> => {
    await page.goto(`${world.appUrl}#/`)
    await page.locator(`[data-evse="${evseId}"]`).click()
    await says('What you agree to')
    await page.locator('[data-after]').waitFor({ timeout: 60_000 })
  }
  const failures: string[] = []
  const fails = async (mood: Parameters<typeof wallet.be>[0], sentence: RegExp): Promise<void> => {
    wallet.be(mood)
    await page.getByRole('button', { name: 'Sign and open' }).click()
    await page.getByRole('alert').getByText(sentence).waitFor({ timeout: 60_000 })
    failures.push(mood)
    wallet.be('agrees')
  }
  await plug('FR*WRN*E000003')
  await look('4-terms')
  await fails('declines', /You declined in your wallet\. Nothing was sent/)
  await fails('is on another chain', /Your wallet is on another chain/)
  await fails('uses another account', /another account than the one shown/)
  await fails('replaces', /You replaced or cancelled/)
  await page.route(`${world.rpcUrl}**`, (route) => route.abort())
  await fails('agrees', /No node of the chain can be reached/)
  await look('5-no-node')
  await page.unroute(`${world.rpcUrl}**`)
  figures['failures of wallet and node, each with its sentence'] = equals(failures.length, 5)
  figures['sessions opened by failures'] = equals((await wallet.opened()).length, 0)
  report('failures told')

  // ---- Open with one signature, charge, stop, co-sign
  await page.reload()
  await page.locator('[data-after]').waitFor({ timeout: 60_000 })
  const signed = () => wallet.asked.filter((one) => one === 'eth_signTypedData_v4').length
  const before = signed()
  const opened = performance.now()
  await page.getByRole('button', { name: 'Sign and open' }).click()
  await status('Started')
  figures['signatures to open'] = equals(signed() - before, 1)
  figures['ms from the press to power acknowledged on chain'] = told(Math.round(performance.now() - opened))
  report('power is on')
  await look('6-started')
  // Closed in the middle, opened again: everything is found from the chain.
  const address = page.url()
  await page.goto('about:blank')
  await page.goto(address)
  await status('Started')
  const charged = async (station: string): Promise<void> => {
    await world.simulator.waitFor('meter', (event) => event.station === station && event.energyWh > 0, 60_000)
  }
  await charged('WRN-LYON-1')
  await page.getByRole('button', { name: 'Stop charging' }).click()
  await status('Proposed')
  await page.getByRole('button', { name: 'Agree and settle now' }).waitFor({ timeout: 60_000 })
  await look('7-bill')
  await page.getByRole('button', { name: 'Agree and settle now' }).click()
  await status('Settled')
  await look('8-settled')
  figures['discover, open, charge, stop, settle without the API'] = equals(
    await steps(),
    'SessionOpened SessionStarted StopRequested SessionProposed SessionSettled',
  )
  report('settled')

  // ---- Deposit, charge from credit, dispute: the operator proves it (the whole proof only: each answer of the operator takes a block or two)
  if (deps.long) {
    await page.goto(`${world.appUrl}#/account`)
    await page.locator('[data-credit]').waitFor()
    await page.locator('input[name=amount]').fill('60.00')
    await page.getByRole('button', { name: 'Deposit' }).click()
    await says('Done: €60.00.')
    await plug('FR*WRN*E000006')
    await page.locator('select[name=way]').selectOption('Credit')
    await page.getByRole('button', { name: 'Sign and open' }).click()
    await status('Started')
    await charged('WRN-STRASBOURG-1')
    await page.getByRole('button', { name: 'Stop charging' }).click()
    await status('Proposed')
    await page.getByRole('button', { name: 'Dispute' }).click()
    await page.locator('[data-step="SessionProven"]').waitFor({ timeout: 60_000 })
    await status('Settled')
    figures['a dispute is answered by meter records'] = equals(
      await steps(),
      'SessionOpened SessionStarted StopRequested SessionProposed SessionDisputed SessionProven SessionSettled',
    )
    await look('9-disputed-and-proven')
    report('dispute proven')
    figures['credit withdrawn to the wallet'] = equals(
      await withdraw(page, world.appUrl, says),
      '€5.00 of credit, €5.00 to the wallet',
    )
    await look('9-withdrawn')
    report('credit withdrawn')
  }

  // ---- The operator vanishes with one charge running and one bill proposed: reclaim, and a dispute nobody answers
  await plug('FR*WRN*E000004')
  await page.getByRole('button', { name: 'Sign and open' }).click()
  await status('Started')
  const billed = page.url()
  await plug('FR*WRN*E000007')
  await page.getByRole('button', { name: 'Sign and open' }).click()
  await status('Started')
  const running = page.url()
  await page.goto(billed)
  await page.getByRole('button', { name: 'Stop charging' }).click()
  await status('Proposed')
  await world.vanish()
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
  await page.getByRole('button', { name: 'Take everything back' }).waitFor({ timeout: 60_000 })
  await look('10-operator-vanished')
  await page.getByRole('button', { name: 'Take everything back' }).click()
  await status('Reclaimed')
  figures['operator vanished: the whole deposit came back'] = equals(
    await page.getByText('Paid €0.00, returned €20.00').count(),
    1,
  )
  report('reclaimed')
  return { figures, page }
}

/** Takes five euro of credit out; what the page says that credit lost and the wallet gained. */
const withdraw = async (page: Page, appUrl: string, says: (text: string) => Promise<void>): Promise<string> => {
  await page.goto(`${appUrl}#/account`)
  const shown = async (what: 'credit' | 'wallet'): Promise<number> => {
    const amount = page.locator(`[data-${what}]`, { hasText: '€' })
    await amount.waitFor({ timeout: 60_000 })
    return Number(/€([\d.,]+)/.exec(await amount.innerText())?.[1]?.replaceAll(',', ''))
  }
  const [credit, wallet] = [await shown('credit'), await shown('wallet')]
  await page.locator('input[name=amount]').fill('5.00')
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await says('Done: €5.00.')
  await page.locator('[data-credit]', { hasText: (credit - 5).toFixed(2) }).waitFor({ timeout: 60_000 })
  await page.locator('[data-wallet]', { hasText: (wallet + 5).toFixed(2) }).waitFor({ timeout: 60_000 })
  const [lost, gained] = [credit - (await shown('credit')), (await shown('wallet')) - wallet]
  return `€${lost.toFixed(2)} of credit, €${gained.toFixed(2)} to the wallet`
}

/** How many requests of the page and its workers reach a host that the policy does not name. It would answer any of them. */
const reachedStranger = async (page: Page, eye: Eye): Promise<number> => {
  let reached = 0
  const stranger = createServer((_, response) => {
    reached += 1
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('hello')
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`
  // That it is refused is what is wanted: the browser says so in its console.
  eye.forgive(new URL(url).host, 'Refused to connect because it violates')
  const ask = (address: string): Promise<string> =>
    fetch(address).then(
      (answer) => answer.text(),
      (error: Error) => error.message,
    )
  const workers = page.workers()
  if (workers.length === 0) throw new Error('The app has no worker')
  await page.evaluate(ask, url)
  for (const worker of workers) await worker.evaluate(ask, url)
  stranger.closeAllConnections()
  await new Promise<void>((resolve) => stranger.close(() => resolve()))
  return reached
}
