import * as LocalAuthentication from 'expo-local-authentication'
import * as SecureStore from 'expo-secure-store'
import type { Secret, Vault } from './vault-answer'

/** Behind the keystore's own biometric lock, or behind the device's screen lock where nobody enrolled a finger or a face. */
const guarded = 'wallet.guarded'
const plain = 'wallet.plain'
const onlyHere = { keychainAccessible: SecureStore.WHEN_UNLOCKED_THIS_DEVICE_ONLY }

/** The device's own secure store: Android Keystore, iOS Keychain. Never part of a backup of the device. */
export const vault: Vault = {
  guard: 'device',
  async keep(secret) {
    const text = JSON.stringify(secret)
    await vault.forget()
    if (SecureStore.canUseBiometricAuthentication())
      await SecureStore.setItemAsync(guarded, text, { ...onlyHere, requireAuthentication: true })
    else await SecureStore.setItemAsync(plain, text, onlyHere)
  },
  async open(reason) {
    const unguarded = await SecureStore.getItemAsync(plain)
    if (unguarded !== null) {
      const level = await LocalAuthentication.getEnrolledLevelAsync()
      if (level !== LocalAuthentication.SecurityLevel.NONE) {
        const { success } = await LocalAuthentication.authenticateAsync({ promptMessage: reason })
        if (!success) return undefined
      }
      return JSON.parse(unguarded) as Secret
    }
    try {
      const text = await SecureStore.getItemAsync(guarded, {
        requireAuthentication: true,
        authenticationPrompt: reason,
      })
      if (text === null) throw new Error('There is no wallet on this device any more. Bring it back by its phrase.')
      return JSON.parse(text) as Secret
    } catch (error) {
      if (error instanceof Error && /cancel|authenticat/i.test(error.message)) return undefined
      throw error
    }
  },
  async forget() {
    await SecureStore.deleteItemAsync(guarded)
    await SecureStore.deleteItemAsync(plain)
  },
}
