import AsyncStorage from '@react-native-async-storage/async-storage'
import type { Storage } from '@werenode/sdk'
import * as SecureStore from 'expo-secure-store'

/** Logins and the keys of sessions go to the secure store; what is only large (places, readings) does not. */
const isSecret = (key: string): boolean => /^werenode:(login|session-key|oauth):/.test(key)
/** The secure store takes letters, digits, dots, dashes and underscores. */
const secureName = (key: string): string => key.replaceAll(/[^\w.-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)

/** Where the SDK keeps what must outlive the app. */
export const keep: Storage = {
  get: async (key) =>
    (isSecret(key) ? await SecureStore.getItemAsync(secureName(key)) : await AsyncStorage.getItem(key)) ?? undefined,
  set: (key, value) =>
    isSecret(key)
      ? SecureStore.setItemAsync(secureName(key), value, {
          // Tokens and session keys are needed while the phone lies locked beside a car that charges.
          keychainAccessible: SecureStore.AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY,
        })
      : AsyncStorage.setItem(key, value),
  delete: (key) => (isSecret(key) ? SecureStore.deleteItemAsync(secureName(key)) : AsyncStorage.removeItem(key)),
}

/** Text read at once, as the map's model wants it: all of it is loaded before the first screen, and written behind. */
const remembered = new Map<string, string>()
export const keptText = {
  getItem: (key: string): string | null => remembered.get(key) ?? null,
  setItem: (key: string, value: string): void => {
    remembered.set(key, value)
    // A full device keeps nothing for later; what is on the screen is there all the same.
    AsyncStorage.setItem(key, value).catch(() => undefined)
  },
}
export const loadKeptText = async (): Promise<void> => {
  const keys = (await AsyncStorage.getAllKeys()).filter((key) => key.startsWith('werenode:'))
  for (const [key, value] of await AsyncStorage.multiGet(keys)) if (value !== null) remembered.set(key, value)
}
