import Constants from 'expo-constants'

interface Extra {
  readonly walletConnectProjectId?: string
  readonly walletConnectRelayUrl?: string
}
const { walletConnectProjectId: projectId = '', walletConnectRelayUrl: relayUrl = '' } = (Constants.expoConfig?.extra ??
  {}) as Extra

/**
 * WalletConnect by configuration: `extra.walletConnectProjectId` of app.json, and `extra.walletConnectRelayUrl` for another relay than its
 * own. Undefined without a project id: nothing of it is loaded.
 */
export const pairing = projectId === '' ? undefined : { projectId, ...(relayUrl === '' ? {} : { relayUrl }) }
