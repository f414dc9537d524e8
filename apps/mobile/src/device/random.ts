import { getRandomValues } from 'expo-crypto'

// Hermes has no Web Crypto; keys and salts are drawn from the platform's own generator. Imported before anything that makes a key.
const scope = globalThis as { crypto?: { getRandomValues?: unknown } }
scope.crypto ??= {}
scope.crypto.getRandomValues ??= getRandomValues
