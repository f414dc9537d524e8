import type { Eip1193Provider } from '@werenode/chain'

/** A browser wallet as it announces itself (EIP-6963). */
export interface AnnouncedWallet {
  readonly uuid: string
  readonly name: string
  readonly icon: string
  readonly rdns: string
  readonly provider: Eip1193Provider & {
    on?(event: string, listener: (value: unknown) => void): void
    removeListener?(event: string, listener: (value: unknown) => void): void
  }
}

interface Announcement extends Event {
  readonly detail?: {
    readonly info?: Omit<AnnouncedWallet, 'provider'>
    readonly provider?: AnnouncedWallet['provider']
  }
}

/** Listens for wallets and asks for them; each is told once. Returns how to stop. */
export const discoverWallets = (onWallet: (wallet: AnnouncedWallet) => void): (() => void) => {
  const seen = new Set<string>()
  const listen = (event: Event): void => {
    const { info, provider } = (event as Announcement).detail ?? {}
    if (info === undefined || provider === undefined || seen.has(info.uuid)) return
    seen.add(info.uuid)
    // A picture from elsewhere would be a foreign request: only one that comes with the announcement is shown.
    const icon = info.icon?.startsWith('data:image/') ? info.icon : ''
    onWallet({ ...info, name: String(info.name).slice(0, 60), icon, provider })
  }
  window.addEventListener('eip6963:announceProvider', listen)
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  return () => window.removeEventListener('eip6963:announceProvider', listen)
}
