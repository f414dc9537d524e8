import { createECDH, randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { Phone } from './phone.ts'
import { type Look, pin, slide } from './walks.ts'

/** What lies in the browser's tray of this app's worker. */
interface Shown {
  readonly tag: string
  readonly title: string
  readonly body: string
}

const shownOn = async (page: Page): Promise<readonly Shown[]> =>
  JSON.parse(
    await page.evaluate(async () => {
      const { navigator } = globalThis as unknown as {
        navigator: {
          serviceWorker: { getRegistration(): Promise<{ getNotifications(): Promise<readonly Shown[]> } | undefined> }
        }
      }
      const worker = await navigator.serviceWorker.getRegistration()
      const all = (await worker?.getNotifications()) ?? []
      return JSON.stringify(all.map(({ tag, title, body }) => ({ tag, title, body })))
    }),
  ) as readonly Shown[]

/** Waits until the tray is so. */
const until = async (page: Page, isSo: (shown: readonly Shown[]) => boolean): Promise<readonly Shown[]> => {
  const over = Date.now() + 120_000
  for (;;) {
    const shown = await shownOn(page)
    if (isSo(shown)) return shown
    if (Date.now() > over) throw new Error(`The tray holds ${JSON.stringify(shown)}.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The page lies behind another one, as far as it knows. */
export const putAway = (page: Page): Promise<void> =>
  page.evaluate(`void Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })`)

/** Lets the app notify, and waits until its worker does it. */
export const allow = async (phone: Phone, origin: string): Promise<void> => {
  await phone.context.grantPermissions(['notifications'], { origin })
  await phone.page().evaluate('navigator.serviceWorker.ready.then(() => undefined)')
}

/** The free plug that was waited for, in the tray. */
export const toldFree = async (page: Page): Promise<string> => {
  const [free] = await until(page, (shown) => shown.some(({ tag }) => tag.startsWith('free ')))
  return free?.title ?? ''
}

export interface Notices {
  readonly whileItRan: string
  /** How many notifications of the charge lay there while it ran, after its figures had changed. */
  readonly atOnce: number
  readonly ended: string
  readonly refund: string
  /** Whether the one of the charge that ran was left. */
  readonly left: number
  readonly pushed: string
  readonly devices: number
}

/** A charge that nobody looks at: the browser shows that it runs, keeps the figures true, and tells of its end and of the money. */
export const chargeUnseen = async (phone: Phone, origin: string, evseId: string, look: Look): Promise<Notices> => {
  const page = phone.page()
  await page.goto(`${origin}/mobile/plug/${encodeURIComponent(evseId)}`)
  await allow(phone, origin)
  await page.getByTestId('slide').waitFor()
  await putAway(page)
  await slide(page)
  await page.getByTestId('unlock').waitFor()
  await page.getByLabel('Your PIN').fill(pin)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByTestId('state-charging').waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  const running = (shown: readonly Shown[]): Shown | undefined => shown.find(({ tag }) => tag === id)
  const first = running(await until(page, (shown) => running(shown) !== undefined))!
  const later = await until(page, (shown) => ![undefined, first.body].includes(running(shown)?.body))
  await page.getByTestId('stop').click()
  await page.getByTestId('stop-confirm').click()
  const over = await until(page, (shown) => shown.some(({ tag }) => tag === `${id} refund`))
  await look(page, 'charged-unseen')
  const of = (kind: string): string => {
    const one = over.find(({ tag }) => tag === `${id} ${kind}`)
    return `${one?.title}: ${one?.body}`
  }
  const pushes = await pushRefund(phone, origin, id)
  return {
    whileItRan: `${running(later)?.title}: ${running(later)?.body}`,
    atOnce: later.filter(({ tag }) => tag.startsWith(id)).length,
    ended: of('stopped'),
    refund: of('refund'),
    left: over.filter(({ tag }) => tag === id).length,
    ...pushes,
  }
}

/**
 * The app subscribes this browser at the node, and a push of the node's own notice reaches the worker. What lies between, the push service of
 * the browser's maker, is not of this machine: its address is stood in for, and the browser is handed what it would deliver.
 */
const pushRefund = async (phone: Phone, origin: string, id: string) => {
  const page = phone.page()
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const subscription = {
    endpoint: `https://push.example.org/${randomBytes(16).toString('hex')}`,
    keys: { p256dh: keys.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') },
  }
  await page.addInitScript(
    `PushManager.prototype.subscribe = async (options) => {
      if (options.applicationServerKey.length !== 87 || !options.userVisibleOnly) throw new TypeError('No key')
      return { toJSON: () => (${JSON.stringify(subscription)}) }
    }`,
  )
  const registered = page.waitForResponse(
    (response) => response.url().endsWith('/devices') && response.request().method() === 'POST',
  )
  const told = page.waitForResponse((response) => /\/notices\?/.test(response.url()) && response.ok())
  await page.goto(`${origin}/mobile/account/notices`)
  const { items } = (await (await told).json()) as {
    items: readonly { kind: string; sessionId: string; title: string; body: string }[]
  }
  const { kind, sessionId, title, body } = items.find((one) => one.sessionId === id && one.kind === 'refund')!
  const devices = (await registered).status() === 201 ? 1 : 0

  await page.evaluate(
    `navigator.serviceWorker.ready.then(async (worker) => { for (const one of await worker.getNotifications()) one.close() })`,
  )
  const devtools = await phone.context.newCDPSession(page)
  const found = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${origin}/mobile/`)
      if (ours) resolve(ours.registrationId)
    }),
  )
  await devtools.send('ServiceWorker.enable')
  const data = JSON.stringify({ title, body, kind, sessionId, url: `/r/${sessionId}` })
  await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await found, data })
  const shown = await until(page, (all) => all.some(({ tag }) => tag === `${id} refund`))
  return { pushed: `${shown[0]?.title}: ${shown[0]?.body}`, devices }
}
