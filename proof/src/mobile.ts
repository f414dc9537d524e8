import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { spawnSimulator } from '@werenode/simulator'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { buildApp, isBuilt } from '../../apps/cli/src/apps/build-app.ts'
import { mobile as app } from '../../apps/cli/src/apps/list.ts'
import { openChromium } from './browser/chromium.ts'
import { atLeast, atMost, equals, type Figure, type Proof, told } from './figures.ts'
import { cutOff } from './mobile/cut-off.ts'
import { bringBack, erase, keepAll } from './mobile/keep-walk.ts'
import { chargeTwice, tokensOf, withdraw } from './mobile/money-walk.ts'
import { chargeUnseen } from './mobile/notice-walk.ts'
import { payFromOwnWallet } from './mobile/own-wallet-walk.ts'
import { openPhone, type Phone } from './mobile/phone.ts'
import { makePlans } from './mobile/plans-walk.ts'
import { cameraArgs, filmIn, filmPlug, scanPlug, withoutCamera } from './mobile/scan-walk.ts'
import { byMail, byPasskey, creditOf, onAnotherPhone } from './mobile/sign-in-walk.ts'
import { agree, chargeInVain, chargeThrough, find, firstRun, mapFrames, runShort, startApp } from './mobile/walks.ts'
import { violations } from './portal/axe.ts'
import { openServer } from './portal/server.ts'

const pictures = resolve(import.meta.dirname, '..', '..', '.werenode', 'proof', 'mobile')
/** Screens that need nothing to have happened before. */
const screens = [
  'charges',
  'wallet',
  'wallet/add',
  'wallet/phrase',
  'wallet/backup',
  'wallet/import',
  'wallet/connect',
  'account',
  'account/sign-in',
  'account/vehicles',
  'account/cards',
  'account/notices',
  'account/look',
  'account/privacy',
] as const
/** What the quick proof looks at: each picture and each judgement by axe costs a second. */
const looksOfQuick: readonly string[] = ['find', 'list', 'agreement', 'charging', 'receipt', 'rejected', 'withdrawn']
const plainPx = 16
const largePx = 24

/** The driver's app, built for the web, on a phone's screen against the real stack: from the first run to the receipt. */
const mobile: Proof = async ({ long, report }) => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-mobile-'))
  // Both at once: the house takes as long to open as the browser.
  const opening = openServer(folder)
  const film = filmIn(folder)
  opening.catch(() => undefined)
  const browser = await openChromium(undefined, cameraArgs(film)).catch(async (error: unknown) => {
    await opening.then((opened) => opened.stop()).catch(() => undefined)
    throw error
  })
  let server: Awaited<typeof opening> | undefined
  let simulator: Promise<Awaited<ReturnType<typeof spawnSimulator>>> | undefined
  try {
    // The quick proof takes what stands; the whole one makes sure that it is of these sources.
    const built = isBuilt(app) && !long ? 'known' : await buildApp(app, { log: pino({ level: 'warn' }) }).done
    if (built === 'failed') throw new Error("The driver's app could not be built")
    server = await opening
    const { origin, ocppUrl } = server
    report(`the house is open at ${origin}`)
    simulator = stationThatDeclines(folder, ocppUrl)
    simulator.catch(() => undefined)

    const found = new Map<string, readonly string[]>()
    const cut: string[] = []
    const look = async (page: Page, name: string): Promise<void> => {
      if (!long && !looksOfQuick.includes(name)) return
      await picture(page, name)
      found.set(name, await violations(page))
      for (const words of await cutOff(page)) cut.push(`${name}: ${words}`)
    }
    const phone = await openPhone(browser, origin)
    const page = phone.page()
    const start = await startApp(page, origin)
    const frameMs = await mapFrames(page)
    await look(page, 'find')
    report(`on the screen after ${start.shownMs} ms, the map after ${start.mapMs} ms, a picture each ${frameMs} ms`)
    const places = await find(page, look)
    await page.getByTestId('list-or-map').click()
    await firstRun(page, 'FR*WRN*E000001', look)
    const short = await runShort(page, look)
    report(`said without credit: ${short.slice(0, 60)}`)
    const agreed = await agree(page, look)
    report(agreed)
    const tale = await chargeThrough(phone, look)
    report(`${tale.paid} paid, ${tale.returned}, the proof ${tale.proof}`)

    const receipt = new URL(phone.page().url()).pathname.replace('/mobile/', '')
    await filmPlug(film, origin, 'FR*WRN*E000003')
    const scanned = await scanPlug(phone, origin)
    report(`the camera found ${scanned}`)
    const station = await simulator
    const vain = await chargeInVain(phone.page(), origin, 'FR*WRN*E000009', look)
    report(`declined: ${vain.why.slice(0, 80)}; ${vain.returned}`)

    const wallet = `0x${randomBytes(20).toString('hex')}`
    const withdrawal = await withdraw(phone.page(), origin, wallet, look)
    const arrived = await tokensOf(origin, server.rpcUrl, wallet)
    report(`${withdrawal.words} ${withdrawal.done}`)
    const more = long
      ? await walkFurther({
          phone,
          browser,
          openOther: () => openPhone(browser, origin),
          server,
          fault: (on) => station.send({ do: 'fault', evse: 1, on }, stationInHand),
          look,
          report,
        })
      : undefined

    if (long) await lookAtAll(phone, origin, receipt, look, report)
    const erased = long ? { accountDeleted: said(await erase(phone.page(), origin, look), /deleted/) } : undefined
    const made = long ? await bundles() : undefined
    for (const words of cut) report(`cut off: ${words}`)
    for (const [name, lines] of found) for (const line of lines) report(`axe: ${name}: ${line}`)
    for (const fault of phone.faults) report(`fault: ${fault}`)

    return {
      shownMs: told(start.shownMs),
      mapReadyMs: told(start.mapMs),
      mapFrameMs: told(frameMs),
      placesInTheList: atLeast(places, 5),
      saidWithoutCredit: said(short, /does not cover/),
      agreement: said(agreed, /^Up to €25\.00, €0\.\d+\/kWh; what you do not use comes back at once\.$/),
      recoveredAfterKill: equals(tale.recovered, true),
      toppedUp: said(tale.topUp, /€35\.00/),
      stopWaitedForTheNetwork: equals(tale.stopWaited, true),
      paid: said(tale.paid, /^€\d+\.\d\d$/),
      cameBack: said(tale.returned, /^€\d+\.\d\d is back in your credit\.$/),
      proof: said(tale.proof, /^(holds|open)$/),
      receiptPdf: equals(tale.pdf, '%PDF-'),
      scannedByCamera: said(scanned, /E\W?000003/),
      declinedInWords: said(vain.why, /station/i),
      refundSeen: said(vain.returned, /^€25\.00 is back in your credit\.$/),
      withdrawalInWords: said(
        withdrawal.words,
        /^€12\.50 to the account ending in [0-9A-F]{4}\. It arrives in seconds/,
      ),
      withdrawnSaid: said(withdrawal.done, /^€12\.50 arrived\.$/),
      withdrawnOnChainMicro: equals(Number(arrived), 12_500_000),
      ...more,
      ...erased,
      ...made,
      requestsElsewhere: equals(phone.elsewhere.size, 0),
      faultsOnThePage: equals(phone.faults.length, 0),
      webKiBZipped: atMost(firstKiB(), 1_100),
      screensSeenByAxe: told(found.size),
      axeViolations: equals(
        [...found.values()].reduce((sum, lines) => sum + lines.length, 0),
        0,
      ),
      textOutsideTheScreen: equals(cut.length, 0),
      pictures: told('.werenode/proof/mobile'),
    }
  } catch (error) {
    for (const [index, page] of browser
      .contexts()
      .flatMap((context) => context.pages())
      .entries())
      await page.screenshot({ path: join(pictures, `failed-${index}.png`) }).catch(() => undefined)
    throw error
  } finally {
    await browser.close()
    await simulator?.then((opened) => opened.kill()).catch(() => undefined)
    await opening.then((opened) => opened.stop()).catch(() => undefined)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

const stationInHand = 'WRN-BY-HAND-1'

/** A charging station of the demo that is nobody's but ours, and will not start. */
const stationThatDeclines = (folder: string, url: string): ReturnType<typeof spawnSimulator> => {
  const passwords = JSON.parse(readFileSync(join(folder, 'data', 'simulator', 'passwords.json'), 'utf8')) as Readonly<
    Record<string, string>
  >
  const id = stationInHand
  const how = { version: '1.6', evses: 1, maxPowerW: 22_000, auto: true, misbehave: ['rejects-start'] } as const
  return spawnSimulator({ stations: [{ id, url, password: passwords[id]!, ...how, misbehave: [...how.misbehave] }] })
}

/** Every screen on a phone, a small phone and a tablet, light and dark, and with the large text a person may have chosen. */
const lookAtAll = async (
  phone: Phone,
  origin: string,
  receipt: string,
  look: (page: Page, name: string) => Promise<void>,
  report: (text: string) => void,
): Promise<void> => {
  const page = phone.page()
  const devtools = await phone.context.newCDPSession(page)
  const places = {
    find: '',
    plug: 'plug/FR*WRN*E000001',
    receipt,
    ...Object.fromEntries(screens.map((one) => [one, one])),
  }
  for (const { scheme, width, height, textPx = plainPx } of [
    { scheme: 'light', width: 390, height: 844 },
    { scheme: 'dark', width: 390, height: 844 },
    { scheme: 'light', width: 320, height: 568 },
    { scheme: 'dark', width: 320, height: 568, textPx: largePx },
    { scheme: 'light', width: 390, height: 844, textPx: largePx },
    { scheme: 'dark', width: 1024, height: 768 },
    { scheme: 'light', width: 768, height: 1024 },
  ] as const) {
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: textPx, fixed: textPx } })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height })
    const how = `${scheme}-${width}${textPx === plainPx ? '' : '-large'}`
    for (const [name, path] of Object.entries(places)) {
      await page.goto(`${origin}/mobile/${path}`)
      await (name === 'find' ? page.locator('[data-ready="true"]') : page.locator('h1').first()).waitFor()
      // A page that follows something live is never idle.
      await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined)
      await look(page, `${name.replaceAll('/', '-')}-${how}`)
      if (name === 'find' && width < 1024) {
        await page.getByTestId('list-or-map').click()
        await page.locator('[data-testid^="place-"]').first().waitFor()
        await look(page, `list-${how}`)
      }
    }
    report(`axe and pictures: ${how}`)
  }
}

/** What the whole proof walks besides: two charges at once, other ways to sign in, what a driver plans and keeps. */
const walkFurther = async (deps: {
  readonly phone: Phone
  readonly browser: Browser
  readonly openOther: () => Promise<Phone>
  readonly server: Awaited<ReturnType<typeof openServer>>
  /** Puts the plug of the station in hand out of order, and back. */
  readonly fault: (on: boolean) => Promise<unknown>
  readonly look: (page: Page, name: string) => Promise<void>
  readonly report: (text: string) => void
}): Promise<Readonly<Record<string, Figure>>> => {
  const { phone, browser, openOther, server, look, report } = deps
  const { origin, adminUrl } = server
  const twice = await chargeTwice(phone.page(), origin, ['FR*WRN*E000003', 'FR*WRN*E000005'], look)
  const passkey = await byPasskey(phone, origin, look)
  const mail = await byMail(phone, origin, adminUrl, look)
  report(`by mail: ${mail.who}, ${mail.credit}`)
  const other = await openOther()
  const anew = await onAnotherPhone(other, origin, look)
  await other.context.close()
  report(`on another phone: ${anew.who}, ${anew.credit}`)
  const plans = await makePlans(phone, origin, deps.fault, look)
  report(`waited for a plug: ${plans.told}; ${plans.directions}; a card ${plans.card}; mails ${plans.mails}`)
  const unseen = await chargeUnseen(phone, origin, 'FR*WRN*E000006', look)
  report(`unseen: ${unseen.whileItRan}; ${unseen.ended}; ${unseen.refund}; pushed ${unseen.pushed}`)
  const camera = await withoutCamera(phone, openChromium, origin, look)
  const ownPhone = await openPhone(browser, origin, { workers: 'block' })
  const own = await payFromOwnWallet(ownPhone, origin, 'FR*WRN*E000007', look)
  await ownPhone.context.close()
  report(`own wallet: ${own.heldBy}; ${own.declined}; ${own.paid} paid; ${own.lost}`)
  // Charges were paid since it was last read.
  const credit = await creditOf(phone.page(), origin)
  const kept = await keepAll(phone.page(), origin, look)
  const next = await openOther()
  const back = await bringBack(next, origin, kept.backupFile, look)
  await next.context.close()
  report(`brought back by the backup: ${back.credit}, ${back.charges} charges`)
  return {
    chargesAtOnce: atLeast(twice.together, 2),
    chargesSettled: equals(twice.settled, 2),
    byPasskey: said(passkey, /^Signed in as/),
    byMail: said(mail.who, /anna\.mobile@example\.org/),
    creditByMail: said(mail.credit, /^€[1-9]\d*\.\d\d$/),
    byMailOnAnotherPhone: said(anew.who, /anna\.mobile@example\.org/),
    walletOfTheOtherPhone: said(anew.credit, /^€0\.00$/),
    directionsHandedOver: said(plans.directions, /directions\?to=\d/),
    toldWhenFree: said(plans.told, /^A plug is free at /),
    toldWhileCharging: said(unseen.whileItRan, /^Charging at .+: \d[\d.]* k?Wh, [\d.]+ k?W, €\d+\.\d{2,3}$/),
    toldAtOnce: equals(unseen.atOnce, 1),
    toldOfTheEnd: said(unseen.ended, /^A charge ended: .+ k?Wh for €\d+\.\d{2,3}$/),
    toldOfTheMoney: said(unseen.refund, /^.+: Paid €\d+\.\d{2,3}, €\d+\.\d\d came back\.$/),
    toldToRunWhenOver: equals(unseen.left, 0),
    pushDevicesTaken: equals(unseen.devices, 1),
    pushShown: said(unseen.pushed, /^Money is back in your credit: .+€\d+\.\d\d/),
    ownWalletHeldBy: said(own.heldBy, /^Held by Pocket/),
    ownWalletDeclined: said(own.declined, /^You declined in your wallet\. Nothing was signed and nothing is paid\./),
    ownWalletPaid: said(own.paid, /^€\d+\.\d{2,3}$/),
    ownWalletAfterKill: said(own.afterKill, /^Held by Pocket/),
    ownWalletEnded: said(own.lost, /^The connection to your wallet is over\./),
    cameraRefused: said(camera.refused, /^The app may not use the camera\..+type the number/),
    noCamera: said(camera.none, /has no camera.+Type the number/),
    cardAdded: said(plans.card, /^ends in /),
    cardsLeft: equals(plans.cardsLeft, 0),
    mailsAboutAFullCar: said(plans.mails, /^(true, then false|false, then true)$/),
    wordsOfThePhrase: equals(kept.words, 12),
    backup: said(kept.backupKind, /^scrypt, aes-128-ctr$/),
    vehicleAdded: said(kept.vehicle, /52/),
    exportedParts: atLeast(kept.exported.length, 5),
    backupBringsBackMoney: equals(back.credit, credit),
    backupBringsBackCharges: atLeast(back.charges, 4),
  }
}

/** The bundles of devices, Hermes bytecode, made with nothing from the network. */
const bundles = async (): Promise<Readonly<Record<string, Figure>>> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['build/bundles.mts', 'android', 'ios'], {
    cwd: resolve(import.meta.dirname, '..', '..', 'apps', 'mobile'),
    maxBuffer: 1 << 26,
  })
  const sizes = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<'android' | 'ios', { zippedBytes: number }>
  const kib = (platform: 'android' | 'ios'): Figure => atMost(Math.round(sizes[platform].zippedBytes / 1024), 4_000)
  return { androidBundleKiBZipped: kib('android'), iosBundleKiBZipped: kib('ios') }
}

const said = (text: string, form: RegExp): Figure => ({
  value: text,
  bar: String(form),
  holds: form.test(text.replaceAll(/\s/g, ' ')),
})

const picture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** The script that must be there before the first screen, zipped. */
const firstKiB = (): number => {
  const code = join(app.folder, '_expo', 'static', 'js', 'web')
  const entry = readdirSync(code).find((name) => name.startsWith('entry-'))
  if (entry === undefined || statSync(join(code, entry)).size === 0) throw new Error('The app has no script.')
  return Math.round(gzipSync(readFileSync(join(code, entry)), { level: 7 }).length / 1024)
}

export default mobile
