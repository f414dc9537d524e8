import * as Clipboard from 'expo-clipboard'
import * as Location from 'expo-location'
import * as Notifications from 'expo-notifications'
import * as SecureStore from 'expo-secure-store'
import { copy } from '../src/device/clipboard'
import { keep, keptText, loadKeptText } from '../src/device/keep'
import { tell } from '../src/device/notifications'
import { findMe } from '../src/device/position'
import { vault } from '../src/device/vault'

jest.mock('expo-clipboard', () => ({ setStringAsync: jest.fn(async () => true) }))
jest.mock('expo-location', () => ({
  Accuracy: { Balanced: 3 },
  requestForegroundPermissionsAsync: jest.fn(),
  getLastKnownPositionAsync: jest.fn(async () => null),
  getCurrentPositionAsync: jest.fn(async () => ({ coords: { latitude: 47.2, longitude: -1.5 } })),
}))
jest.mock('expo-notifications', () => ({
  setNotificationHandler: jest.fn(),
  getPermissionsAsync: jest.fn(),
  scheduleNotificationAsync: jest.fn(),
}))
jest.mock('expo-local-authentication', () => ({
  SecurityLevel: { NONE: 0 },
  getEnrolledLevelAsync: jest.fn(async () => 1),
  authenticateAsync: jest.fn(async () => ({ success: false })),
}))
jest.mock('expo-secure-store', () => {
  const kept = new Map<string, { value: string; options: unknown }>()
  return {
    kept,
    WHEN_UNLOCKED_THIS_DEVICE_ONLY: 1,
    AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY: 2,
    canUseBiometricAuthentication: jest.fn(() => true),
    setItemAsync: jest.fn(
      async (key: string, value: string, options: unknown) => void kept.set(key, { value, options }),
    ),
    getItemAsync: jest.fn(async (key: string) => kept.get(key)?.value ?? null),
    deleteItemAsync: jest.fn(async (key: string) => void kept.delete(key)),
  }
})

const secure = SecureStore as unknown as typeof SecureStore & {
  kept: Map<string, { value: string; options: { requireAuthentication?: boolean } }>
}
const secret = { phrase: 'some words' }
beforeEach(() => secure.kept.clear())

describe('the vault', () => {
  test('keeps the key behind biometrics where the device has them', async () => {
    await vault.keep(secret)
    expect(secure.kept.get('wallet.guarded')?.options.requireAuthentication).toBe(true)
    expect(await vault.open('to pay')).toEqual(secret)
    await vault.forget()
    await expect(vault.open('to pay')).rejects.toThrow('phrase')
  })
  test('keeps it behind the screen lock where it has none, and gives nothing to who cannot unlock', async () => {
    jest.mocked(SecureStore.canUseBiometricAuthentication).mockReturnValueOnce(false)
    await vault.keep(secret)
    expect(secure.kept.has('wallet.plain')).toBe(true)
    expect(await vault.open('to pay')).toBeUndefined()
  })
  test('takes a cancelled prompt as a no', async () => {
    await vault.keep(secret)
    jest.mocked(SecureStore.getItemAsync).mockResolvedValueOnce(null).mockRejectedValueOnce(new Error('User canceled'))
    expect(await vault.open('to pay')).toBeUndefined()
  })
})

describe('what is kept', () => {
  test('logins and session keys lie in the secure store, places do not', async () => {
    await keep.set('werenode:login:http://node:0xab', 'token')
    await keep.set('werenode:places:http://node', 'many')
    expect([...secure.kept.keys()]).toEqual([expect.stringMatching(/^[\w.-]+$/)])
    expect(await keep.get('werenode:login:http://node:0xab')).toBe('token')
    expect(await keep.get('werenode:places:http://node')).toBe('many')
    await keep.delete('werenode:login:http://node:0xab')
    expect(await keep.get('werenode:login:http://node:0xab')).toBeUndefined()
  })
  test('text is there at once after it was loaded', async () => {
    keptText.setItem('werenode:settings', '{}')
    await loadKeptText()
    expect(keptText.getItem('werenode:settings')).toBe('{}')
    expect(keptText.getItem('werenode:nothing')).toBeNull()
  })
})

describe('without permission nothing breaks', () => {
  test('a position that is refused is an answer', async () => {
    jest.mocked(Location.requestForegroundPermissionsAsync).mockResolvedValueOnce({ granted: false } as never)
    expect(await findMe()).toEqual({ outcome: 'denied' })
    jest.mocked(Location.requestForegroundPermissionsAsync).mockRejectedValueOnce(new Error('services are off'))
    expect(await findMe()).toEqual({ outcome: 'unknown' })
    jest.mocked(Location.requestForegroundPermissionsAsync).mockResolvedValueOnce({ granted: true } as never)
    expect(await findMe()).toEqual({ outcome: 'found', position: { lat: 47.2, lon: -1.5 } })
  })
  test('a notification that is not allowed is not sent', async () => {
    jest.mocked(Notifications.getPermissionsAsync).mockResolvedValueOnce({ granted: false } as never)
    await tell({ id: 'free 1', title: 'title', body: 'body', path: 'place/1' })
    expect(Notifications.scheduleNotificationAsync).not.toHaveBeenCalled()
    jest.mocked(Notifications.getPermissionsAsync).mockResolvedValueOnce({ granted: true } as never)
    await tell({ id: 'free 1', title: 'title', body: 'body', path: 'place/1' })
    expect(Notifications.scheduleNotificationAsync).toHaveBeenCalledTimes(1)
  })
})

test('text is copied', async () => {
  expect(await copy('hello')).toBe(true)
  expect(Clipboard.setStringAsync).toHaveBeenCalledWith('hello')
})
