import { webcrypto } from 'node:crypto'

jest.mock('@react-native-async-storage/async-storage', () =>
  require('@react-native-async-storage/async-storage/jest/async-storage-mock'),
)

// Node's own Web Crypto: what browsers have, and what expo-crypto gives devices.
Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })
