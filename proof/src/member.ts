import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Address } from '@werenode/core'
import { createWerenode } from '@werenode/sdk'
import { pino } from 'pino'
import type { Page } from 'playwright-core'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { buildApp, isBuilt } from '../../apps/cli/src/apps/build-app.ts'
import { member as app } from '../../apps/cli/src/apps/list.ts'
import { choosePort } from '../../apps/cli/src/node/ports.ts'
import { openChromium } from './browser/chromium.ts'
import { lighthouseScores } from './defev/lighthouse.ts'
import { atLeast, atMost, equals, type Proof, told } from './figures.ts'
import { chargeAndLook } from './member/charge.ts'
import { disputeInApp } from './member/dispute.ts'
import { differencesOf, furnish, scrollThrough, signIn, wholeHistory } from './member/pages.ts'
import { importYear, sumsOf } from './member/year.ts'
import { violations } from './portal/axe.ts'
import { injectWallet } from './portal/injected-wallet.ts'
import { openServer } from './portal/server.ts'
import { patient } from './portal/walks.ts'

const pictures = resolve(import.meta.dirname, '..', '..', '.werenode', 'proof', 'member')
/** What a first visit to a page may load, KiB zipped. */
const mostInitialKiB = 200

/** The member app on the real stack with a year of real-shaped charges: sums against SQL, a real charge, offline, axe, pictures. */
const member: Proof = async ({ long, report }) => {
  const charges = long ? 20_000 : 6_000
  const debuggingPort = long ? await choosePort(0, '127.0.0.1') : undefined
  const browser = await openChromium(debuggingPort)
  const folder = mkdtempSync(join(tmpdir(), 'werenode-member-'))
  const data = join(folder, 'data')
  let server: Awaited<ReturnType<typeof openServer>> | undefined
  try {
    const built = isBuilt(app) && !long ? 'known' : await buildApp(app, { log: pino({ level: 'warn' }) }).done
    if (built === 'failed') throw new Error('The member app could not be built')
    const key = generatePrivateKey()
    await importYear(data, privateKeyToAddress(key).toLowerCase() as Address, charges)
    const sums = sumsOf(data)
    // Short, so that a bill that nobody signs is proposed while the proof lasts.
    server = await openServer(folder, ['--cosign-timeout', '5'])
    const { origin } = server
    report(`the house is open at ${origin} with ${sums.count} charges`)

    const context = await browser.newContext({
      locale: 'en',
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    })
    const elsewhere = new Set<string>()
    const refusals: string[] = []
    context.on('request', (request) => {
      if (!request.url().startsWith(origin) && !/^(blob|data):/.test(request.url())) elsewhere.add(request.url())
    })
    context.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refusals.push(message.text())
    })
    const { chainId } = await createWerenode({ baseUrl: origin }).network()
    await injectWallet(context, chainId, key, server.rpcUrl)
    const page = patient(await context.newPage())
    const found = new Map<string, readonly string[]>()
    await page.goto(`${origin}/member/`)
    await page.locator('.welcome h1').waitFor()
    found.set('sign-in', await violations(page))
    const beganAt = performance.now()
    await signIn(page, origin)
    await wholeHistory(page, sums.count)
    const readMs = Math.round(performance.now() - beganAt)
    report(`${sums.count} charges on the device after ${(readMs / 1000).toFixed(1)} s`)
    const { rows, reached } = await scrollThrough(page, sums.oldest)
    await page.goto(`${origin}/member/insights`)
    const { looked, differ } = await differencesOf(page, sums)
    for (const line of differ.slice(0, 10)) report(line)
    report(`insights: ${looked} figures looked at`)
    const tale = await chargeAndLook(page, origin, key, 'FR*WRN*E000001')
    report(`charged: ${tale.liveCost} while it ran, ${tale.checks} checks`)
    const sessionPath = new URL(page.url()).pathname
    const dispute = await disputeInApp(page, server, key, 'FR*WRN*E000003')
    report(`disputed: ${dispute.state}, ${dispute.paidMicro} of ${dispute.askedMicro} micro-euro paid`)
    const furnished = await furnish(page, origin, sessionPath)

    const pages = [
      { name: 'sessions', path: '/member/sessions', ready: '[data-charge]' },
      { name: 'session', path: sessionPath, ready: '.checks li' },
      { name: 'insights', path: '/member/insights', ready: '[data-summary] li' },
      { name: 'money', path: '/member/account/money', ready: '[data-move]' },
      { name: 'documents', path: '/member/account/documents', ready: '.things' },
      { name: 'vehicles', path: '/member/account/vehicles', ready: 'form' },
      { name: 'cards', path: '/member/account/cards', ready: 'form' },
      { name: 'ways-in', path: '/member/account/sign-in', ready: '.chip' },
      { name: 'notices', path: '/member/account/notices', ready: 'form' },
      { name: 'privacy', path: '/member/account/privacy', ready: 'form' },
      { name: 'settings', path: '/member/account/settings', ready: 'fieldset' },
    ]
    const looks = (
      long
        ? [
            { scheme: 'light', width: 1440, height: 900 },
            { scheme: 'dark', width: 1440, height: 900 },
            { scheme: 'light', width: 390, height: 844 },
            { scheme: 'dark', width: 390, height: 844 },
          ]
        : [{ scheme: 'light', width: 390, height: 844 }]
    ) as readonly { scheme: 'light' | 'dark'; width: number; height: number }[]
    for (const { scheme, width, height } of looks) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height })
      for (const { name, path, ready } of pages) {
        await page.goto(`${origin}${path}`)
        await page.locator(ready).first().waitFor()
        const look = `${name}-${scheme}-${width < 640 ? 'phone' : 'desk'}`
        await picture(page, look)
        found.set(look, await violations(page))
      }
      report(`axe and pictures: ${scheme}, ${width}`)
    }
    for (const [name, lines] of found) for (const line of lines) report(`axe: ${name}: ${line}`)

    await page.goto(`${origin}/member/sessions`)
    await page.evaluate('navigator.serviceWorker.ready')
    await page.reload()
    await page.locator('[data-charge]').first().waitFor()
    await context.setOffline(true)
    await page.reload()
    // With the one that was charged here and the one that was disputed.
    await wholeHistory(page, sums.count + 2)
    const offline = await page.locator('.offline').isVisible()
    await page.goto(`${origin}${sessionPath}`)
    await page.locator('[data-session] h1').waitFor()
    await context.setOffline(false)
    report('read without a network')

    return {
      charges: told(sums.count),
      historyReadMs: told(readMs),
      rowsInThePageAtMost: atMost(rows, 80),
      oldestChargeReached: equals(reached, true),
      figuresComparedWithSql: atLeast(looked, 80),
      figuresThatDiffer: equals(differ.length, 0),
      chargedLive: told(tale.liveCost),
      sessionState: equals(tale.state, 'settled'),
      costRecomputedAgrees: equals(tale.agrees, true),
      proofChecks: atLeast(tale.checks, 8),
      proofChecksBroken: equals(tale.brokenChecks, 0),
      transactionsShown: atLeast(tale.transactions, 2),
      receiptPdf: equals(tale.pdf, '%PDF-'),
      disputeTakenByTheChain: equals(['disputed', 'settled'].includes(dispute.state), true),
      disputeAnsweredByTheMeter: equals(Number(dispute.paidMicro), Number(dispute.askedMicro + dispute.bondMicro)),
      vehicleCardThemeLanguage: equals(Object.values(furnished).every(Boolean), true),
      readOffline: equals(offline, true),
      requestsElsewhere: equals(elsewhere.size, 0),
      policyRefusals: equals(refusals.length, 0),
      initialKiBZipped: atMost(initialKiB(), mostInitialKiB),
      pagesSeenByAxe: told(found.size),
      axeViolations: equals(
        [...found.values()].reduce((sum, lines) => sum + lines.length, 0),
        0,
      ),
      ...(debuggingPort === undefined ? {} : await lighthouseScores(`${origin}/member/`, debuggingPort)),
      pictures: told('.werenode/proof/member'),
    }
  } finally {
    await browser.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

const picture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** What the page itself names, and what those name at once: styles, the main script and its static imports. */
const initialKiB = (): number => {
  const read = (name: string): string => readFileSync(join(app.folder, name), 'utf8')
  const files = new Set(readdirSync(app.folder))
  const wanted = [...read('index.html').matchAll(/(?:src|href)="([\w-]+\.(?:js|css))"/g)].map((match) => match[1]!)
  const seen = new Set<string>()
  for (const name of wanted) {
    if (seen.has(name) || !files.has(name)) continue
    seen.add(name)
    if (name.endsWith('.js'))
      wanted.push(
        ...[...read(name).matchAll(/(?:from|^import|;import)\s*"\.\/([\w-]+\.js)"/g)].map((match) => match[1]!),
      )
  }
  const bytes = [...seen].reduce((sum, name) => sum + gzipSync(read(name), { level: 7 }).length, 0)
  return Math.round(bytes / 1024)
}

export default member
