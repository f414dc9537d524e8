import type { Eip1193Provider } from '@werenode/sdk'

/** A wallet that announced itself to this page (EIP-6963). */
export interface FoundWallet {
  readonly info: { readonly uuid: string; readonly name: string; readonly icon: string; readonly rdns: string }
  readonly provider: Eip1193Provider
}

const nothing: readonly FoundWallet[] = []
let found: readonly FoundWallet[] = []
const listeners = new Set<() => void>()
let listening = false

const listen = (): void => {
  if (listening) return
  listening = true
  addEventListener('eip6963:announceProvider', (event) => {
    const { detail } = event as CustomEvent<FoundWallet>
    if (found.some(({ info }) => info.uuid === detail.info.uuid)) return
    found = [...found, detail]
    for (const listener of listeners) listener()
  })
  dispatchEvent(new Event('eip6963:requestProvider'))
}

/** For `useSyncExternalStore`. */
export const wallets = {
  subscribe(listener: () => void) {
    listeners.add(listener)
    listen()
    return () => listeners.delete(listener)
  },
  list: () => found,
  none: (): readonly FoundWallet[] => nothing,
}
