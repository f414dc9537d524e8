import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import type { Browser, Page } from 'playwright-core'
import { showMap, sketched } from '../map/show-map.ts'
import type { PortalServer } from './server.ts'
import { patient } from './walks.ts'

export interface MapTale {
  /** Places and clusters of the sketch that stands for the map, before anybody wanted one. */
  readonly sketchMarks: number
  /** Whether the map had to be asked for, and was there by itself at the next visit. */
  readonly askedFor: boolean
  readonly thereAtTheNextVisit: boolean
  readonly here: string
  readonly nearest: string
  readonly hereRefused: string
  /** What the address held after filters, order and a charge were chosen, and whether a fresh page opened by it showed the same. */
  readonly address: string
  readonly sameByAddress: boolean
  readonly linkCopied: boolean
  readonly qrWidth: number
  readonly stickerType: string
  readonly qrLeadsTo: string
  readonly photosShown: number
  readonly favouriteKept: boolean
  readonly byKeysAlone: KeysTale
}
interface KeysTale {
  /** Where the keyboard was after the map was asked for by its button. */
  readonly begunAt: string
  readonly filtered: boolean
  readonly opened: string
  /** Where the keyboard was after the sheet opened. */
  readonly focusIn: string
  readonly closed: boolean
  /** Where the keyboard was after the sheet was closed. */
  readonly backTo: string
  readonly zoomed: boolean
  readonly moved: boolean
}

type Look = (page: Page, name: string) => Promise<void>
const place = 'WRN-NANTES'
/** Beside the demo's station in Nantes. */
const nantes = { latitude: 47.2172, longitude: -1.5419 }

/** What people do with the map beside finding and paying: where am I, links, codes, photos, favourites; and all of it by keys alone. */
export const useMap = async (browser: Browser, { origin, operatorKey }: PortalServer, look: Look): Promise<MapTale> => {
  await putPhoto(origin, operatorKey())
  const context = await browser.newContext({
    locale: 'en',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    geolocation: nantes,
    permissions: ['geolocation', 'clipboard-read', 'clipboard-write'],
  })
  try {
    const page = patient(await context.newPage())
    await page.goto(`${origin}/map`)
    const sketchMarks = await sketched(page)
    await look(page, 'map-sketch')
    const askedFor = await showMap(page)
    await page.goto(`${origin}/map`)
    const thereAtTheNextVisit = !(await showMap(page))
    await page.getByRole('button', { name: 'Show where I am' }).click()
    const said = page.locator('.wn-map__said')
    await said.filter({ hasText: 'You are here' }).waitFor()
    const here = await said.innerText()
    await page.getByRole('button', { name: 'Payable with Werenode' }).click()
    const first = page.locator('.wn-place').first()
    await first.and(page.locator(`[data-place="${place}"]`)).waitFor()
    const nearest = (await first.getAttribute('data-place')) ?? ''

    await page.getByLabel('Sort by').selectOption('price')
    await page.waitForURL(/only=payable.*sort=price.*charge=30000/)
    await page.locator(`[data-place="${place}"]`).click()
    await page.locator('.wn-photos img').first().waitFor()
    const photosShown = await page
      .locator('.wn-photos img')
      .evaluateAll((images) => images.filter((image) => 'src' in image).length)
    await page.locator('.wn-photos img').first().scrollIntoViewIfNeeded()
    await drawn(page, '.wn-photos img')
    await look(page, 'map-photos')
    await page.getByRole('button', { name: 'QR code of this plug' }).first().click()
    const qrWidth = await drawn(page, '.wn-qr img')
    const sticker = await page.locator('.wn-qr a').getAttribute('href')
    const stickerType = (await (await fetch(new URL(sticker!, origin))).headers.get('content-type')) ?? ''
    await page.getByRole('button', { name: 'Add to favourites' }).click()
    await page.getByRole('button', { name: 'Copy the link' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    await page.waitForURL(new RegExp(`place=${place}`))
    const address = new URL(page.url()).search
    const copied = await page.evaluate(() =>
      (
        globalThis as unknown as { navigator: { clipboard: { readText(): Promise<string> } } }
      ).navigator.clipboard.readText(),
    )

    const rows = (on: Page) =>
      on
        .locator('.wn-place')
        .evaluateAll((list) =>
          list.slice(0, 5).map((row) => (row as unknown as { dataset: { place: string } }).dataset.place),
        )
    const before = await rows(page)
    const fresh = patient(await context.newPage())
    await fresh.goto(copied)
    await fresh.locator('.wn-plug[data-evse]').first().waitFor()
    await fresh.locator('.wn-place').first().waitFor()
    const sameByAddress =
      JSON.stringify(await rows(fresh)) === JSON.stringify(before) &&
      (await fresh.getByLabel('Sort by').inputValue()) === 'price' &&
      (await fresh.getByRole('button', { name: 'Payable with Werenode' }).getAttribute('aria-pressed')) === 'true'
    const favouriteKept = await fresh.getByRole('button', { name: 'Remove from favourites' }).isVisible()
    await fresh.close()

    // As a phone's camera reads it: the code holds an address of the node, which leads to the charge.
    const scanned = patient(await context.newPage())
    await scanned.goto(`${origin}/c/FR*WRN*E000003*1`)
    await scanned.locator('.wn-panel--plug').waitFor()
    const qrLeadsTo = new URL(scanned.url()).pathname + new URL(scanned.url()).search
    await scanned.close()

    await context.clearPermissions()
    await page.getByRole('button', { name: 'Show where I am' }).click()
    await said.filter({ hasText: 'did not say' }).waitFor()
    const hereRefused = await said.innerText()
    const byKeysAlone = await walkByKeys(page, origin)
    return {
      ...{ here, nearest, hereRefused, address, sameByAddress, qrWidth, stickerType, qrLeadsTo, photosShown },
      ...{ favouriteKept, byKeysAlone, sketchMarks, askedFor, thereAtTheNextVisit },
      linkCopied: copied === `${origin}/map${address}`,
    }
  } finally {
    await context.close()
  }
}

/** Waits until a picture is drawn; its own width, px. */
const drawn = async (page: Page, selector: string): Promise<number> => {
  const picture = page.locator(selector).first()
  await picture.waitFor()
  await page.waitForFunction(
    (selector) =>
      ((
        globalThis as unknown as { document: { querySelector(selector: string): { naturalWidth: number } | null } }
      ).document.querySelector(selector)?.naturalWidth ?? 0) > 0,
    selector,
  )
  return picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)
}

/** No pointer from here on: Tab, letters, Enter, Escape, arrows, plus. */
const walkByKeys = async (page: Page, origin: string): Promise<KeysTale> => {
  // As somebody who never wanted the map.
  await page.evaluate(() =>
    (globalThis as unknown as { localStorage: { removeItem(key: string): void } }).localStorage.removeItem(
      'werenode:map:start',
    ),
  )
  await page.goto(`${origin}/map`)
  await sketched(page)
  const { keyboard } = page
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = (
        globalThis as unknown as {
          document: { activeElement: { className: string; textContent: string; tagName: string } | null }
        }
      ).document
      return `${activeElement?.tagName ?? ''} ${activeElement?.className ?? ''} ${activeElement?.textContent.trim().slice(0, 60) ?? ''}`
    })
  const tabTo = async (wanted: RegExp): Promise<void> => {
    for (let step = 0; step < 60; step += 1) {
      await keyboard.press('Tab')
      if (wanted.test(await focused())) return
    }
    throw new Error(`${String(wanted)} was not reached by Tab; it is at ${await focused()}`)
  }
  await tabTo(/Payable with Werenode/)
  await keyboard.press('Space')
  await page.locator(`[data-place="${place}"]`).waitFor()
  const filtered =
    (await page.getByRole('button', { name: 'Payable with Werenode' }).getAttribute('aria-pressed')) === 'true'
  await tabTo(/wn-place /)
  await keyboard.press('Enter')
  await page.locator('.wn-plug[data-evse]').first().waitFor()
  const opened = await page.locator('.wn-sheet h2').innerText()
  const focusIn = (await focused()).split(' ')[0]!
  await keyboard.press('Escape')
  await page.locator('.wn-sheet').waitFor({ state: 'detached' })
  const closed = (await page.locator('.wn-sheet').count()) === 0
  const backTo = (await focused()).split(' ')[1] ?? ''
  await tabTo(/Show the map/)
  await keyboard.press('Enter')
  await page.locator('[data-ready="true"]').waitFor()
  const begunAt = (await focused()).split(' ')[1] ?? ''
  const at = () => new URL(page.url()).searchParams.get('at') ?? ''
  const changed = async (key: string): Promise<boolean> => {
    const was = at()
    await keyboard.press(key)
    return page
      .waitForURL((url) => (url.searchParams.get('at') ?? '') !== was)
      .then(
        () => true,
        () => false,
      )
  }
  return {
    filtered,
    opened,
    focusIn,
    closed,
    backTo,
    begunAt,
    zoomed: await changed('+'),
    moved: await changed('ArrowRight'),
  }
}

/** A picture of one colour, as small as one can be, put up by the operator as a photo of the place. */
const putPhoto = async (origin: string, key: `0x${string}`): Promise<void> => {
  const admin = createWerenode({ baseUrl: origin, wallet: privateKeyWallet(key) })
  const bytes = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAQ0lEQVR42u3PQQkAAAgEsItgRKMY3Qp+hcEKLDX9WgQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQErhZR+kCm7Lh1vQAAAABJRU5ErkJggg==',
    'base64',
  )
  await admin.api.addPhoto({
    params: { party: 'FR*WRN', locationId: place },
    body: new Blob([bytes], { type: 'image/png' }),
  } as never)
}
