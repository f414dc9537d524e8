import { expect, test } from 'vitest'
import { relaysOf } from './serve-mobile.ts'

const appJson = (extra?: object): string => JSON.stringify({ expo: { name: 'Werenode', ...(extra ? { extra } : {}) } })

test("the driver's app may ask WalletConnect's relay only where a project is named, or the one that is named instead", () => {
  expect(relaysOf(appJson())).toEqual([])
  expect(relaysOf(appJson({ walletConnectProjectId: '' }))).toEqual([])
  expect(relaysOf(appJson({ walletConnectProjectId: 'a1' }))).toEqual(['wss://relay.walletconnect.org'])
  expect(relaysOf(appJson({ walletConnectProjectId: 'a1', walletConnectRelayUrl: 'wss://relay.example/x' }))).toEqual([
    'wss://relay.example',
  ])
})
