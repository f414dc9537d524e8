import type { Browser, BrowserContext, Page } from 'playwright-core'

export interface Phone {
  readonly context: BrowserContext
  page(): Page
  /** The app is killed: its page is gone, what it kept stays. */
  kill(path: string): Promise<Page>
  /** Requests that left for anywhere but the node. */
  readonly elsewhere: ReadonlySet<string>
  /** What the page's policy refused, and errors nobody caught. */
  readonly faults: readonly string[]
}

/** Pages wait on conditions; a busy machine is no failure. */
const patientMs = 120_000

/** A phone with the app's address open: a small touch screen. */
export const openPhone = async (
  browser: Browser,
  origin: string,
  look: {
    readonly scheme?: 'light' | 'dark'
    readonly locale?: string
    readonly width?: number
    readonly height?: number
    /** Without the app's worker: what the proof puts into the page comes from no store. */
    readonly workers?: 'block'
  } = {},
): Promise<Phone> => {
  const context = await browser.newContext({
    locale: look.locale ?? 'en',
    colorScheme: look.scheme ?? 'light',
    viewport: { width: look.width ?? 390, height: look.height ?? 844 },
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...(look.workers ? { serviceWorkers: look.workers } : {}),
  })
  const elsewhere = new Set<string>()
  const faults: string[] = []
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(blob|data):/.test(request.url())) elsewhere.add(request.url())
  })
  context.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text().slice(0, 200))
  })
  const open = async (): Promise<Page> => {
    const page = await context.newPage()
    page.setDefaultTimeout(patientMs)
    page.on('pageerror', (error) => faults.push(error.message.slice(0, 200)))
    return page
  }
  let page = await open()
  return {
    context,
    page: () => page,
    async kill(path) {
      await page.close()
      page = await open()
      await page.goto(`${origin}/mobile/${path}`)
      return page
    },
    elsewhere,
    faults,
  }
}
