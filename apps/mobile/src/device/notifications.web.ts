import type { Allowed, OneNotice, OngoingNotice, PushDevice } from './notice'

const known = (): boolean => 'Notification' in globalThis
const wordOf = (permission: NotificationPermission): Allowed =>
  permission === 'granted' ? 'yes' : permission === 'default' ? 'not-asked' : 'no'

export const nameChannels = async (): Promise<void> => undefined

export const mayNotify = async (): Promise<Allowed> => (known() ? wordOf(Notification.permission) : 'no')

export const askToNotify = async (): Promise<Allowed> =>
  known() ? wordOf(await Notification.requestPermission()) : 'no'

const registration = async (): Promise<ServiceWorkerRegistration | undefined> =>
  navigator.serviceWorker?.getRegistration()

const show = async ({ id, title, body, path }: OneNotice, silent: boolean): Promise<void> => {
  if ((await mayNotify()) !== 'yes' || document.visibilityState === 'visible') return
  const options: NotificationOptions = { tag: id, body, silent, data: { path } }
  // Phones' browsers only let the service worker notify.
  const worker = await registration()
  if (worker) await worker.showNotification(title, options)
  else new Notification(title, options)
}

/** Tells something once, when the page is not before the person's eyes already. */
export const tell = (notice: OneNotice): Promise<void> => show(notice, false)

/** The notification of a charge that runs; the same id takes the place of the one before. */
export const showOngoing = (notice: OngoingNotice): Promise<void> => show(notice, !notice.isFirst)

export const endOngoing = async (id: string): Promise<void> => {
  for (const one of (await (await registration())?.getNotifications({ tag: id })) ?? []) one.close()
}

/** The service worker says which page a tap asked for. */
export const onNoticeOpened = (listener: (path: string) => void): (() => void) => {
  const take = ({ data }: MessageEvent): void => {
    const { open } = (data ?? {}) as { open?: unknown }
    if (typeof open === 'string') listener(open)
  }
  navigator.serviceWorker?.addEventListener('message', take)
  return () => navigator.serviceWorker?.removeEventListener('message', take)
}

/** Subscribes this browser to the node's pushes (RFC 8030); undefined where its push service cannot be reached: then this page tells. */
export const pushDevice = async (key: () => Promise<string>): Promise<PushDevice | undefined> => {
  const manager = (await registration())?.pushManager
  if (!manager || (await mayNotify()) !== 'yes') return undefined
  const applicationServerKey = await key()
  const subscription = await manager.subscribe({ userVisibleOnly: true, applicationServerKey }).catch(() => undefined)
  const { endpoint, keys } = subscription?.toJSON() ?? {}
  if (endpoint === undefined || keys?.p256dh === undefined || keys.auth === undefined) return undefined
  return { kind: 'web', endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }
}
