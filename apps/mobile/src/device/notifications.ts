import * as Device from 'expo-device'
import * as Notifications from 'expo-notifications'
import { Platform } from 'react-native'
import type { Allowed, OneNotice, OngoingNotice, PushDevice } from './notice'

const channel = 'charges'
const ongoing = 'ongoing'

Notifications.setNotificationHandler({
  // While the app is open its own screen tells, and it tells of every charge what the node would push.
  handleNotification: async ({ request }) => {
    const { quiet, sessionId } = request.content.data ?? {}
    const shown = quiet !== true && sessionId === undefined
    return { shouldShowBanner: shown, shouldShowList: true, shouldPlaySound: false, shouldSetBadge: false }
  },
})

/** Android shows nothing outside a channel; a channel that is there already takes the new name. */
export const nameChannels = async (names: { readonly charges: string; readonly ongoing: string }): Promise<void> => {
  if (Platform.OS !== 'android') return
  await Notifications.setNotificationChannelAsync(channel, {
    name: names.charges,
    importance: Notifications.AndroidImportance.HIGH,
  })
  await Notifications.setNotificationChannelAsync(ongoing, {
    name: names.ongoing,
    importance: Notifications.AndroidImportance.LOW,
    lockscreenVisibility: Notifications.AndroidNotificationVisibility.PUBLIC,
  })
}

const wordOf = ({ granted, canAskAgain, status }: Notifications.NotificationPermissionsStatus): Allowed =>
  granted ? 'yes' : canAskAgain && status === 'undetermined' ? 'not-asked' : 'no'

export const mayNotify = async (): Promise<Allowed> => wordOf(await Notifications.getPermissionsAsync())

export const askToNotify = async (): Promise<Allowed> => wordOf(await Notifications.requestPermissionsAsync())

const inChannel = (channelId: string) => (Platform.OS === 'android' ? { channelId } : null)

/** Tells something once. Where it is not allowed nothing happens: the app itself shows it too. */
export const tell = async ({ id, title, body, path }: OneNotice): Promise<void> => {
  if ((await mayNotify()) !== 'yes') return
  await Notifications.scheduleNotificationAsync({
    identifier: id,
    content: { title, body, data: { path } },
    trigger: inChannel(channel),
  })
}

/** The notification that stays on the lock screen while a charge runs; the same id takes the place of the one before. */
export const showOngoing = async ({ id, title, body, path, isFirst }: OngoingNotice): Promise<void> => {
  if ((await mayNotify()) !== 'yes') return
  await Notifications.scheduleNotificationAsync({
    identifier: id,
    content: {
      title,
      body,
      // Android: stays until the charge is over, and is not swiped away.
      sticky: true,
      autoDismiss: false,
      // iOS: figures that change light no screen up.
      interruptionLevel: isFirst ? 'active' : 'passive',
      data: { quiet: !isFirst, path },
    },
    trigger: inChannel(ongoing),
  })
}

export const endOngoing = (id: string): Promise<void> => Notifications.dismissNotificationAsync(id)

/** The page a tap on a notification asks for, those of the node too; also the one that opened the app. */
export const onNoticeOpened = (listener: (path: string) => void): (() => void) => {
  const open = (response: Notifications.NotificationResponse | null): void => {
    const { path, sessionId } = response?.notification.request.content.data ?? {}
    if (typeof path === 'string') listener(path)
    else if (typeof sessionId === 'string') listener(`charge/${sessionId}`)
  }
  open(Notifications.getLastNotificationResponse())
  Notifications.clearLastNotificationResponse()
  const listening = Notifications.addNotificationResponseReceivedListener(open)
  return () => listening.remove()
}

/** What the node needs to push to this device; undefined where no push reaches it (a simulator, no project of one's own). */
export const pushDevice = async (_key: () => Promise<string>): Promise<PushDevice | undefined> => {
  if (!Device.isDevice || (await mayNotify()) !== 'yes') return undefined
  try {
    return { kind: 'expo', token: (await Notifications.getExpoPushTokenAsync()).data }
  } catch {
    // A build without push credentials: notices wait in the app.
    return undefined
  }
}
