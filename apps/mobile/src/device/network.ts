import * as Network from 'expo-network'

/** Whether the device has a network now. */
export const isOnline = async (): Promise<boolean> => (await Network.getNetworkStateAsync()).isConnected ?? true

/** Calls whenever the network comes or goes; gives what ends it. */
export const onNetwork = (listener: (online: boolean) => void): (() => void) => {
  const listening = Network.addNetworkStateListener(({ isConnected }) => listener(isConnected ?? true))
  return () => listening.remove()
}
