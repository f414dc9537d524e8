import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Party } from '@werenode/core'
import { createWerenode } from '@werenode/sdk'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { buildApp, isBuilt } from '../../apps/cli/src/apps/build-app.ts'
import { portal as app } from '../../apps/cli/src/apps/list.ts'
import { choosePort } from '../../apps/cli/src/node/ports.ts'
import { openChromium } from './browser/chromium.ts'
import { type Judgement, judge } from './browser/lighthouse.ts'
import { atLeast, equals, type Figure, type Figures, type Proof, told } from './figures.ts'
import { showMap } from './map/show-map.ts'
import { watchAlerts } from './portal/alerts-walk.ts'
import { violations } from './portal/axe.ts'
import { keepBooks } from './portal/books-walk.ts'
import { buildWithDeadLink } from './portal/dead-link.ts'
import { searchDocs } from './portal/docs-walk.ts'
import { exportTables } from './portal/exports-walk.ts'
import { type MapTale, useMap } from './portal/map-walk.ts'
import { roamWithPartner } from './portal/partners-walk.ts'
import { takePayout } from './portal/payout-walk.ts'
import { putPhotoUp } from './portal/photo-walk.ts'
import { addPlug } from './portal/plug-walk.ts'
import { runSamples } from './portal/samples-walk.ts'
import { openServer, type PortalServer } from './portal/server.ts'
import { signInOnNodePage } from './portal/sign-in-walk.ts'
import { driveStation, type StationTale } from './portal/station-walk.ts'
import { manageTeam } from './portal/team-walk.ts'
import { charge, findByFilter, operate, patient, placeOfProof, withoutNetwork } from './portal/walks.ts'

const pictures = resolve(import.meta.dirname, '..', '..', '.werenode', 'proof', 'portal')
const pages = [
  { name: 'home', path: '/', ready: '.wn-hero' },
  { name: 'map-sketch', path: '/map', ready: '.wn-sketch[data-marks]:not([data-marks="0"])' },
  { name: 'map', path: '/map?at=47.2172,-1.5419,12&place=WRN-NANTES', ready: '.wn-plug[data-evse]' },
  { name: 'charge', path: '/charge?plug=FR*WRN*E000003*1', ready: '.wn-panel--plug' },
  { name: 'desk', path: '/desk', ready: '.wn-wallets' },
  { name: 'docs', path: '/docs', ready: 'article' },
  { name: 'first-charge', path: '/docs/drive/first-charge', ready: 'article' },
  { name: 'api', path: '/docs/reference/api/sessions', ready: 'article' },
  { name: 'home-fr', path: '/fr/', ready: '.wn-hero' },
] as const

const pagesOfQuick = pages.filter(({ name }) => ['home', 'map-sketch', 'desk'].includes(name))
/** Of the walks, what the quick proof looks at too; the whole one looks at all. */
const looksOfQuick: ReadonlySet<string> = new Set([
  'charge-live',
  'receipt',
  'desk-board',
  'desk-add-plug',
  'desk-plug-green',
  'desk-station',
  'desk-figures',
])

/** The end-to-end walks of driver and operator through the built portal, and what axe says of each page. */
const portal: Proof = async ({ long, report }) => {
  const debuggingPort = long ? await choosePort(0, '127.0.0.1') : undefined
  const folder = mkdtempSync(join(tmpdir(), 'werenode-portal-'))
  let server: Awaited<ReturnType<typeof openServer>> | undefined
  let browser: Browser | undefined
  try {
    // The quick proof takes what stands; the whole one makes sure that it is of these sources.
    const built = isBuilt(app) && !long ? 'known' : await buildApp(app, { log: pino({ level: 'warn' }) }).done
    if (built === 'failed') throw new Error('The portal could not be built')
    report(built === 'built' ? 'the portal was built' : 'the portal stands')
    const deadLink = long ? await buildWithDeadLink() : undefined
    if (deadLink) report(`a build with a dead link ended with ${deadLink.code}`)
    const starting = openServer(folder)
    browser = await openChromium(debuggingPort).catch(async (error: unknown) => {
      await (await starting).stop()
      throw error
    })
    server = await starting
    const opened: Browser = browser
    const house: PortalServer = server
    const { origin } = house
    const { chainId } = await createWerenode({ baseUrl: origin }).network()
    report(`the house is open at ${origin}`)

    const found = new Map<string, readonly string[]>()
    const look = async (page: Page, name: string): Promise<void> => {
      if (!long && !looksOfQuick.has(name)) return
      await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'hidden' })
      const at = performance.now()
      await picture(page, name)
      found.set(name, await violations(page))
      report(`looked at ${name} for ${Math.round(performance.now() - at)} ms`)
    }
    const drive = async () => {
      const watching = await opened.newContext({ locale: 'en', viewport: { width: 1440, height: 900 } })
      const watcher = patient(await watching.newPage())
      const places = await findByFilter(watcher, origin, 'WRN-LYON')
      report(`found by filter among ${places} places`)
      const driving = await opened.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })
      const driven = await charge(driving, watcher, origin, chainId, 'FR*WRN*E000003', look)
      report(`charged: ${driven.paid}`)
      await Promise.all([watching.close(), driving.close()])
      return { places, driven }
    }
    const work = async () => {
      const working = await opened.newContext({ locale: 'en', viewport: { width: 1440, height: 900 } })
      const { page: desk, tale } = await operate(working, house, chainId)
      report(`the desk: ${tale.plugs} plugs, ${tale.priceShown}`)
      await look(desk, 'desk-board')
      const lookAtDesk = (name: string): Promise<void> => look(desk, name)
      const plug = await addPlug(desk, origin, placeOfProof, lookAtDesk)
      report(`a plug of the generic family: ${plug.light.trim()} after ${plug.greenMs} ms`)
      const books = await keepBooks(desk, placeOfProof, lookAtDesk)
      report(
        `the books: ${books.restarted.trim()}; ${books.chargesExported} charges; ${books.onChain}; ${books.importReport}`,
      )
      const station = long ? await driveStation(desk, lookAtDesk) : undefined
      if (station) report(`a station did all it was asked: ${JSON.stringify(station.answers)}`)
      const business = long ? await doBusiness(desk, origin, lookAtDesk) : undefined
      if (business) report(`partners, team, alerts, payout: ${JSON.stringify(business)}`)
      const exports = long ? await exportTables(desk) : []
      const photo = long ? await putPhotoUp(desk, placeOfProof, lookAtDesk) : undefined
      if (long) report(`exported: ${JSON.stringify(exports)}; photo: ${JSON.stringify(photo)}`)
      if (long) await inHighContrast(desk, look)
      await working.close()
      return { tale, plug, books, station, business, exports, photo }
    }
    // Driver and operator are at it at the same time, as they are in life.
    const [{ places, driven }, { tale, plug, books, station, business, exports, photo }] = await Promise.all([
      drive(),
      work(),
    ])
    // None of these looks at a clock: they share what the machine has.
    const [samples, offline, signedIn] = await Promise.all([
      long ? runSamples(origin) : undefined,
      withoutNetwork(opened, origin, { withMap: long }),
      signInOnNodePage(opened, house, chainId, { all: long }),
    ])
    const [mapped, searched] = long
      ? [await useMap(opened, house, look), await searchDocs(opened, origin)]
      : [undefined, []]
    if (mapped) report(`the map: ${JSON.stringify(mapped)}; searched: ${JSON.stringify(searched)}`)
    for (const line of samples?.failed ?? []) report(`sample: ${line}`)
    if (samples) report(`${samples.run} samples ran`)
    report(`without network: ${offline}`)
    const looks = long
      ? (['light', 'dark'] as const).flatMap((scheme) => [
          { scheme, width: 1440, height: 900, size: 'desk' },
          { scheme, width: 390, height: 844, size: 'phone' },
        ])
      : [{ scheme: 'light' as const, width: 1440, height: 900, size: 'desk' }]
    for (const look of looks) {
      for (const [name, lines] of await lookAt(opened, origin, look, long ? pages : pagesOfQuick))
        found.set(`${name}-${look.scheme}-${look.size}`, lines)
      report(`axe and pictures: ${look.scheme}, ${look.size}`)
    }
    const judged: (readonly [string, Judgement])[] = []
    if (debuggingPort !== undefined)
      for (const [name, path] of [
        ['home', '/'],
        ['map', '/map'],
        ['docs', '/docs'],
      ] as const) {
        judged.push([name, await judge(`${origin}${path}`, debuggingPort)])
        report(`Lighthouse, ${name}: ${JSON.stringify(judged.at(-1)![1])}`)
      }
    for (const [name, lines] of found) for (const line of lines) report(`axe: ${name}: ${line}`)

    return {
      placesFoundByFilter: atLeast(places, 5),
      statusSeenLive: equals(driven.watched, 'CHARGING'),
      walletSignatures: told(driven.signatures),
      liveCardsBesideTheReceipt: equals(driven.liveLeft, 0),
      receipt: said(driven.paid, /^Paid €\d+\.\d+, €\d+\.\d\d came back\.$/),
      plugsOnTheBoard: atLeast(tale.plugs, 9),
      tariffEdited: said(tale.priceShown, /0\.45/),
      plugFoundByItsId: equals(tale.found, true),
      rowsExported: equals(tale.exported, tale.plugs),
      plugRefusedBesideItsField: said(plug.refusedBeside, /powerTopic/),
      profileRefusedBesideItsField: said(plug.profileRefusedBeside, /.+/),
      ownProfilesLeft: equals(plug.profilesLeft, 0),
      plugLight: said(plug.light, /It measures/),
      plugGreenAfterMs: told(plug.greenMs),
      plugSticker: equals(plug.stickerDrawn, true),
      plugPowerLiveW: atLeast(plug.livePowerW, 100),
      stationRestarted: said(books.restarted, /Accepted/),
      restartInTheLog: equals(books.restartLogged, true),
      ...(station === undefined ? {} : figuresOf(station)),
      ...(business === undefined ? {} : figuresOfBusiness(business)),
      ...(mapped === undefined ? {} : figuresOfMap(mapped)),
      ...Object.fromEntries(
        searched.flatMap(({ words, offered, ledTo, title }) => [
          [`search.${words}.offered`, atLeast(offered, 1)] as const,
          [`search.${words}.ledTo`, said(`${ledTo}: ${title}`, /\/docs\/.+: .+/)] as const,
        ]),
      ),
      chargesExported: equals(books.chargesExported, books.chargesShown),
      chargesInTheFigures: atLeast(books.figures, 1),
      plugOnChain: said(books.onChain, /Registered and active/),
      importedPlaces: said(books.importReport, /^1 new/),
      rowsRefused: equals(books.rowsRefused, 1),
      signedInOnTheNodesPage: said(signedIn.byWallet, /FR\*WRN/),
      ...(signedIn.others === undefined
        ? {}
        : {
            'signedIn.byPassword': said(signedIn.others.byPassword, /FR\*WRN/),
            'signedIn.byPasskey': said(signedIn.others.byPasskey, /FR\*WRN/),
          }),
      ...(photo === undefined
        ? {}
        : {
            'photo.putUpAndTakenOff': equals(photo.counts.join(', '), '0, 1, 0'),
            'photo.widthPx': atLeast(photo.width, 1),
          }),
      ...Object.fromEntries(
        exports.map(({ table, shown, exported }) => [`exported.${table}`, equals(exported, shown)] as const),
      ),
      ...(deadLink === undefined
        ? {}
        : {
            'deadLink.buildFailed': equals(deadLink.code !== 0, true),
            'deadLink.named': equals(deadLink.named, true),
          }),
      ...(samples === undefined
        ? {}
        : { samplesRun: told(samples.run), samplesFailed: equals(samples.failed.length, 0) }),
      withoutNetwork: said(offline, /\d+ places, .*\d/),
      pagesSeenByAxe: told(found.size),
      axeViolations: equals(
        [...found.values()].reduce((sum, lines) => sum + lines.length, 0),
        0,
      ),
      ...Object.fromEntries(
        judged.flatMap(([page, { scores, benchmarkIndex, cpuMultiplier }]) => [
          ...Object.entries(scores).map(
            ([what, score]) => [`lighthouse.${page}.${what}`, atLeast(score as number, 90)] as const,
          ),
          [`lighthouse.${page}.machine`, told(`index ${benchmarkIndex}, multiplier ${cpuMultiplier}`)] as const,
        ]),
      ),
      pictures: told('.werenode/proof/portal'),
    }
  } finally {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** Every remote action has an answer of the station's own, and its trace. */
const figuresOf = ({
  answers,
  setting,
  firmware,
  firmwareBytes,
  logBytes,
  logLines,
  logged,
}: StationTale): Figures => ({
  ...Object.fromEntries(
    Object.entries(answers).map(([what, answer]) => [
      `station.${what.toLowerCase().replaceAll(' ', '-')}`,
      said(answer, /^(Accepted|Unlocked)$/),
    ]),
  ),
  'station.setting': said(setting, /^HeartbeatInterval 240$/),
  'station.firmware': said(firmware, /^1 done$/),
  'station.firmwareBytes': equals(firmwareBytes, 4_096),
  'station.logBytes': atLeast(logBytes, 1),
  'station.logLines': atLeast(logLines, 20),
  'station.actionsInTheLog': equals(logged.length, 8),
})

/** Partners, team, alerts and payout, one after the other at the desk. */
const doBusiness = async (desk: Page, origin: string, look: (name: string) => Promise<void>) => ({
  partners: await roamWithPartner(desk, look),
  team: await manageTeam(desk, origin, 'FR*WRN' as Party, look),
  alerts: await watchAlerts(desk, look),
  payout: await takePayout(desk, origin, look),
})

const figuresOfBusiness = ({ partners, team, alerts, payout }: Awaited<ReturnType<typeof doBusiness>>): Figures => ({
  'partners.wrongToken': said(partners.refused, /401/),
  'partners.registered': said(`${partners.state} ${partners.version}`, /^Registered 2\.3\.0$/),
  'partners.tested': said(partners.tested, /^All is well\.$/),
  'partners.sentAgain': said(partners.sentAgain, /^\d+ objects? (is|are) sent again\.$/),
  'partners.pausedAndGoneOn': said(`${partners.paused}, ${partners.wentOn}`, /^Paused, Registered$/),
  'partners.stepsFailedWhileAway': atLeast(partners.stepsFailedWhileAway, 1),
  'partners.invitation': said(partners.invitation, /^http\S+\/ocpi\/versions \S{20,}$/),
  'partners.exported': equals(partners.exported, partners.shown),
  'partners.leftAfterEnding': equals(partners.left, 0),
  'team.withoutRight': said(team.withoutRight, /at least one right/),
  'team.rights': said(team.rights, /^Places and tariffs, See stations and plugs$/),
  'team.memberSees': equals(team.sees, 'done'),
  'team.writesBeforeTheRight': equals(team.writesBefore, 'not-allowed'),
  'team.writesWithTheRight': equals(team.writesAfter, 'done'),
  'team.afterRemoval': equals(team.afterRemoval, 'not-allowed'),
  'team.exported': equals(team.exported, team.shown),
  'team.actsInTheLog': atLeast(team.logged, 3),
  'alerts.firstContact': said(alerts.firstContact, /connected \(OCPP 1\.6\)/),
  'alerts.offline': said(alerts.offline, /^PROOF-STATION: Station out of reach$/),
  'alerts.leftWhenBack': equals(alerts.leftWhenBack, 0),
  'alerts.exported': equals(alerts.exported, alerts.shown),
  'payout.taken': said(`${payout.before}, ${payout.taken}, ${payout.after}`, /^(€\d+\.\d\d), \1, €0\.00$/),
  'payout.sent': said(payout.sent, /0x/),
  'payout.figuresExported': atLeast(payout.figuresExported, 1),
})

const figuresOfMap = ({ byKeysAlone, ...map }: MapTale): Figures => ({
  'map.sketchMarks': atLeast(map.sketchMarks, 5),
  'map.askedForAndRemembered': equals(`${map.askedFor}, ${map.thereAtTheNextVisit}`, 'true, true'),
  'map.here': said(`${map.here}, ${map.nearest}`, /^You are here, WRN-NANTES$/),
  'map.hereRefused': said(map.hereRefused, /did not say/),
  'map.stateInTheAddress': said(map.address, /only=payable.*sort=price.*charge=30000.*place=WRN-NANTES/),
  'map.sameByTheAddress': equals(map.sameByAddress, true),
  'map.linkCopied': equals(map.linkCopied, true),
  'map.qrWidthPx': atLeast(map.qrWidth, 1),
  'map.sticker': said(map.stickerType, /^application\/pdf/),
  'map.qrLeadsTo': said(map.qrLeadsTo, /^\/charge\?plug=FR\*WRN\*E000003\*1$/),
  'map.photosShown': atLeast(map.photosShown, 1),
  'map.favouriteKept': equals(map.favouriteKept, true),
  'map.byKeysAlone': said(
    Object.entries(byKeysAlone)
      .map(([what, came]) => `${what} ${came}`)
      .join(', '),
    /^filtered true, opened .+, focusIn H2, closed true, backTo wn-place, begunAt maplibregl-canvas, zoomed true, moved true$/,
  ),
})

/** The desk in high contrast, light and dark, as its own button sets it. */
const inHighContrast = async (desk: Page, look: (page: Page, name: string) => Promise<void>): Promise<void> => {
  await desk.locator('.navbar .wn-contrast').click()
  for (const scheme of ['light', 'dark'] as const) {
    await desk.emulateMedia({ colorScheme: scheme })
    for (const tab of ['Live board', 'Stations', 'Revenue']) {
      await desk.getByRole('tab', { name: tab }).click()
      await desk.getByRole('tabpanel').waitFor()
      await look(desk, `desk-contrast-${scheme}-${tab.toLowerCase().replace(' ', '-')}`)
    }
  }
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

const lookAt = async (
  browser: Browser,
  origin: string,
  look: { readonly scheme: 'light' | 'dark'; readonly width: number; readonly height: number; readonly size: string },
  list: readonly { readonly name: string; readonly path: string; readonly ready: string }[],
): Promise<readonly (readonly [string, readonly string[]])[]> => {
  const context = await browser.newContext({
    locale: 'en',
    colorScheme: look.scheme,
    viewport: { width: look.width, height: look.height },
    reducedMotion: 'reduce',
  })
  const page = patient(await context.newPage())
  const seen: (readonly [string, readonly string[]])[] = []
  for (const { name, path, ready } of list) {
    await page.goto(`${origin}${path}`)
    await page.locator(ready).first().waitFor()
    if (name === 'map') await showMap(page)
    await picture(page, `${name}-${look.scheme}-${look.size}`)
    seen.push([name, await violations(page)])
  }
  await context.close()
  return seen
}

export default portal
