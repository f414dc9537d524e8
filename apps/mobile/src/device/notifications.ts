import * as Device from 'expo-device'
import * as Notifications from 'expo-notifications'
import { Platform } from 'react-native'

export type Allowed = 'yes' | 'no' | 'not-asked'

const channel = 'charges'
const ongoing = 'ongoing'

Notifications.setNotificationHandler({
  // While the app is open its own screen tells; only what another screen would miss is shown.
  handleNotification: async (notification) => {
    const shown = notification.request.content.data?.quiet !== true
    return { shouldShowBanner: shown, shouldShowList: true, shouldPlaySound: false, shouldSetBadge: false }
  },
})

const channels = async (): Promise<void> => {
  if (Platform.OS !== 'android') return
  await Notifications.setNotificationChannelAsync(channel, {
    name: 'Charges',
    importance: Notifications.AndroidImportance.HIGH,
  })
  await Notifications.setNotificationChannelAsync(ongoing, {
    name: 'Charging now',
    importance: Notifications.AndroidImportance.LOW,
    lockscreenVisibility: Notifications.AndroidNotificationVisibility.PUBLIC,
  })
}

const wordOf = ({ granted, canAskAgain, status }: Notifications.NotificationPermissionsStatus): Allowed =>
  granted ? 'yes' : canAskAgain && status === 'undetermined' ? 'not-asked' : 'no'

export const mayNotify = async (): Promise<Allowed> => wordOf(await Notifications.getPermissionsAsync())

export const askToNotify = async (): Promise<Allowed> => {
  await channels()
  return wordOf(await Notifications.requestPermissionsAsync())
}

/** Tells something once. Where it is not allowed nothing happens: the app itself shows it too. */
export const tell = async (title: string, body: string): Promise<void> => {
  if ((await mayNotify()) !== 'yes') return
  await Notifications.scheduleNotificationAsync({ content: { title, body }, trigger: null })
}

/** The notification that stays on the lock screen while a charge runs; the same id takes the place of the one before. */
export const showOngoing = async (id: string, title: string, body: string): Promise<void> => {
  if ((await mayNotify()) !== 'yes') return
  await Notifications.scheduleNotificationAsync({
    identifier: id,
    content: { title, body, sticky: true, autoDismiss: false, data: { quiet: true } },
    trigger: Platform.OS === 'android' ? { channelId: ongoing } : null,
  })
}

export const endOngoing = (id: string): Promise<void> => Notifications.dismissNotificationAsync(id)

/** What the node needs to push to this device; undefined where no push reaches it (a simulator, no project of one's own). */
export const pushToken = async (): Promise<string | undefined> => {
  if (!Device.isDevice || (await mayNotify()) !== 'yes') return undefined
  try {
    return (await Notifications.getExpoPushTokenAsync()).data
  } catch {
    // A build without push credentials: notices wait in the app.
    return undefined
  }
}
