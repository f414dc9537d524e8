import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'

type Shown = { title: string; tag: string; body: string; data: { path: string } }
type Listener = (event: object) => void

/** The app's service worker in a browser that notes what it is told to do. */
const openWorker = (
  pages: readonly { url: string; focus?: () => void; postMessage?: (words: object) => void }[] = [],
) => {
  const shown: Shown[] = []
  const opened: string[] = []
  const listeners = new Map<string, Listener>()
  const self = {
    location: new URL('https://charge.example/mobile/sw.js'),
    registration: {
      scope: 'https://charge.example/mobile/',
      showNotification: async (title: string, options: Omit<Shown, 'title'>) => {
        const before = shown.findIndex(({ tag }) => tag === options.tag)
        if (before >= 0) shown.splice(before, 1)
        shown.push({ title, ...options })
      },
      getNotifications: async ({ tag }: { tag: string }) =>
        shown.filter((one) => one.tag === tag).map((one) => ({ close: () => shown.splice(shown.indexOf(one), 1) })),
    },
    clients: { matchAll: async () => pages, openWindow: async (address: string) => void opened.push(address) },
    addEventListener: (name: string, listener: Listener) => void listeners.set(name, listener),
  }
  runInNewContext(readFileSync(join(__dirname, '..', 'public', 'sw.js'), 'utf8'), { self, URL })
  const happens = async (name: string, event: object): Promise<void> => {
    let work: Promise<void> | undefined
    listeners.get(name)!({ ...event, waitUntil: (promise: Promise<void>) => (work = promise) })
    await work
  }
  return {
    shown,
    opened,
    push: (data: unknown) => happens('push', { data: { json: () => JSON.parse(String(data)) } }),
    tap: (path?: string) => happens('notificationclick', { notification: { close: () => undefined, data: { path } } }),
  }
}
const sessionId = `0x${'11'.repeat(32)}`
const notice = (kind: string, title: string) => JSON.stringify({ title, body: 'Nantes', kind, sessionId })

test('a charge the node pushes stands once, and is gone when it has ended', async () => {
  const { shown, push } = openWorker()
  await push(notice('started', 'Charging has begun'))
  // The running one has the id that the page itself keeps it under.
  expect(shown).toMatchObject([{ title: 'Charging has begun', tag: sessionId, data: { path: `charge/${sessionId}` } }])
  await push(notice('deposit-80', '80 % of your deposit is used'))
  await push(notice('deposit-80', '80 % of your deposit is used'))
  await push(notice('stopped', 'Charging has ended'))
  await push(notice('refund', 'Money is back in your credit'))
  expect(shown.map(({ tag }) => tag)).toEqual([
    `${sessionId} deposit-80`,
    `${sessionId} stopped`,
    `${sessionId} refund`,
  ])
})

test('a push that is not the node’s form shows something all the same, as browsers want it', async () => {
  const { shown, push } = openWorker()
  await push('{half')
  expect(shown).toMatchObject([{ title: 'Werenode', data: { path: 'account/notices' } }])
})

test('a tap goes to the page that is open, else opens one', async () => {
  const said: object[] = []
  const page = {
    url: 'https://charge.example/mobile/wallet',
    focus: jest.fn(),
    postMessage: (words: object) => said.push(words),
  }
  await openWorker([{ url: 'https://charge.example/app/' }, page]).tap(`charge/${sessionId}`)
  expect(said).toEqual([{ open: `charge/${sessionId}` }])
  expect(page.focus).toHaveBeenCalled()
  const closed = openWorker()
  await closed.tap(`charge/${sessionId}`)
  await closed.tap()
  expect(closed.opened).toEqual([`/mobile/charge/${sessionId}`, '/mobile/charges'])
})
