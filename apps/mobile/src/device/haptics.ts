import * as Haptics from 'expo-haptics'

/** A feel for the finger; a device without it stays still. */
const feel = (work: Promise<void>): void => {
  work.catch(() => undefined)
}

export const tap = (): void => feel(Haptics.selectionAsync())
export const success = (): void => feel(Haptics.notificationAsync(Haptics.NotificationFeedbackType.Success))
export const failure = (): void => feel(Haptics.notificationAsync(Haptics.NotificationFeedbackType.Error))
