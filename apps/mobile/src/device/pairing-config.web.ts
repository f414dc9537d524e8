import { type PairingConfig, pairingOf } from './pairing-answer'

const said = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content

/** WalletConnect as the page has it: who serves it may name a project without building it anew. */
export const pairingOfBuild = (): PairingConfig | undefined =>
  pairingOf(said('walletconnect-project-id'), said('walletconnect-relay'))
