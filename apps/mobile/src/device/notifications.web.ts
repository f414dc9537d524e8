export type Allowed = 'yes' | 'no' | 'not-asked'

const known = (): boolean => 'Notification' in globalThis
const wordOf = (permission: NotificationPermission): Allowed =>
  permission === 'granted' ? 'yes' : permission === 'default' ? 'not-asked' : 'no'

export const mayNotify = async (): Promise<Allowed> => (known() ? wordOf(Notification.permission) : 'no')

export const askToNotify = async (): Promise<Allowed> =>
  known() ? wordOf(await Notification.requestPermission()) : 'no'

const show = async (title: string, options: NotificationOptions): Promise<void> => {
  if ((await mayNotify()) !== 'yes' || document.visibilityState === 'visible') return
  // Phones' browsers only let the service worker notify.
  const worker = await navigator.serviceWorker?.getRegistration()
  if (worker) await worker.showNotification(title, options)
  else new Notification(title, options)
}

/** Tells something once, when the page is not before the person's eyes already. */
export const tell = (title: string, body: string): Promise<void> => show(title, { body })

/** The notification of a charge that runs; the same id takes the place of the one before. */
export const showOngoing = (id: string, title: string, body: string): Promise<void> =>
  show(title, { body, tag: id, silent: true })

export const endOngoing = async (id: string): Promise<void> => {
  const worker = await navigator.serviceWorker?.getRegistration()
  for (const one of (await worker?.getNotifications({ tag: id })) ?? []) one.close()
}

/** The member's desk subscribes browsers to pushes; this page tells while it is open. */
export const pushToken = async (): Promise<string | undefined> => undefined
