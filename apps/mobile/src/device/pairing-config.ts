import Constants from 'expo-constants'
import { type PairingConfig, pairingOf } from './pairing-answer'

interface Extra {
  readonly walletConnectProjectId?: string
  readonly walletConnectRelayUrl?: string
}

/** WalletConnect as this build has it (`extra` of app.json). */
export const pairingOfBuild = (): PairingConfig | undefined => {
  const { walletConnectProjectId, walletConnectRelayUrl } = (Constants.expoConfig?.extra ?? {}) as Extra
  return pairingOf(walletConnectProjectId, walletConnectRelayUrl)
}
