/** Whether the device has a network now. */
export const isOnline = async (): Promise<boolean> => navigator.onLine

/** Calls whenever the network comes or goes; gives what ends it. */
export const onNetwork = (listener: (online: boolean) => void): (() => void) => {
  const tell = (): void => listener(navigator.onLine)
  addEventListener('online', tell)
  addEventListener('offline', tell)
  return () => {
    removeEventListener('online', tell)
    removeEventListener('offline', tell)
  }
}
