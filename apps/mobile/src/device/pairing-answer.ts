export interface PairingConfig {
  readonly projectId: string
  /** Another relay than WalletConnect's own. */
  readonly relayUrl?: string
}

/** Undefined without a project id: nothing of the library is loaded then. */
export const pairingOf = (projectId = '', relayUrl = ''): PairingConfig | undefined =>
  projectId === '' ? undefined : { projectId, ...(relayUrl === '' ? {} : { relayUrl }) }
